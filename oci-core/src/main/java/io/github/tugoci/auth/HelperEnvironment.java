package io.github.tugoci.auth;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The variables that a credential helper gets: what a program needs to find its files, its desktop
 * and its way to the network, and what a cloud's helper reads. Other secrets, such as {@code
 * TUG_PASSWORD} or {@code GITHUB_TOKEN}, are none of its business. A helper of one's own gets more
 * if {@code TUG_HELPER_ENV} names it, separated by commas.
 */
final class HelperEnvironment {
  private static final String MORE = "TUG_HELPER_ENV";

  private static final Set<String> NAMES =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "SHELL",
          "TERM",
          "TMPDIR",
          "TMP",
          "TEMP",
          "TZ",
          "LANG",
          "LANGUAGE",
          "DISPLAY",
          "WAYLAND_DISPLAY",
          "XAUTHORITY",
          "DBUS_SESSION_BUS_ADDRESS",
          "GNOME_KEYRING_CONTROL",
          "SSH_AUTH_SOCK",
          "GNUPGHOME",
          "GPG_TTY",
          "DOCKER_CONFIG",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY",
          "ALL_PROXY",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          // Windows
          "SYSTEMROOT",
          "SYSTEMDRIVE",
          "WINDIR",
          "COMSPEC",
          "PATHEXT",
          "APPDATA",
          "LOCALAPPDATA",
          "PROGRAMDATA",
          "PROGRAMFILES",
          "USERPROFILE",
          "USERNAME",
          "USERDOMAIN",
          "HOMEDRIVE",
          "HOMEPATH");

  private static final List<String> FAMILIES = List.of("LC_", "XDG_");

  /** What a helper reads besides, by a part of its name. */
  private static final Map<String, List<String>> HELPERS =
      Map.of(
          "ecr", List.of("AWS_"),
          "gcr", List.of("GOOGLE_", "CLOUDSDK_", "GCE_"),
          "gcloud", List.of("GOOGLE_", "CLOUDSDK_", "GCE_"),
          "acr", List.of("AZURE_", "ACR_", "IDENTITY_", "MSI_"),
          "pass", List.of("PASSWORD_STORE_"));

  private HelperEnvironment() {}

  /** What a helper of a name gets of an environment. */
  static Map<String, String> of(String helper, Map<String, String> environment) {
    var named = Set.copyOf(Arrays.asList(environment.getOrDefault(MORE, "").split("[,\\s]+", -1)));
    var given = new TreeMap<String, String>();
    environment.forEach(
        (name, value) -> {
          if (named.contains(name) || isNeeded(helper, name.toUpperCase(Locale.ROOT))) {
            given.put(name, value);
          }
        });
    return given;
  }

  private static boolean isNeeded(String helper, String name) {
    return NAMES.contains(name)
        || FAMILIES.stream().anyMatch(name::startsWith)
        || HELPERS.entrySet().stream()
            .filter(family -> helper.contains(family.getKey()))
            .flatMap(family -> family.getValue().stream())
            .anyMatch(name::startsWith);
  }
}
