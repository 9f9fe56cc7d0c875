package io.github.tugoci.auth;

import io.github.tugoci.reference.RepositoryName;
import io.github.tugoci.text.FileName;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds credentials where people and CI systems keep them. The first of these counts:
 *
 * <ol>
 *   <li>{@code TUG_USERNAME} and {@code TUG_PASSWORD}, for the host in {@code TUG_REGISTRY}, else
 *       {@code ghcr.io}, and no other
 *   <li>{@code DOCKER_AUTH_CONFIG}: a Docker config's text
 *   <li>the file {@code REGISTRY_AUTH_FILE}
 *   <li>{@code containers/auth.json} in {@code XDG_RUNTIME_DIR}, then in {@code XDG_CONFIG_HOME},
 *       else in {@code ~/.config}
 *   <li>{@code config.json} in {@code DOCKER_CONFIG}, else in {@code ~/.docker}
 *   <li>Helm's file: {@code HELM_REGISTRY_CONFIG}, else {@code registry/config.json} in {@code
 *       HELM_CONFIG_HOME}, else in Helm's folder below {@code XDG_CONFIG_HOME}, else in its folders
 *       on macOS, Windows and others
 *   <li>{@code GHCR_TOKEN} with {@code GHCR_USERNAME}, else {@code GITHUB_ACTOR}, for {@code
 *       ghcr.io}
 *   <li>{@code GITHUB_TOKEN} with {@code GITHUB_ACTOR}, for {@code ghcr.io}
 * </ol>
 *
 * <p>An empty variable is one that isn't set, and a line break at a value's end, as files of
 * secrets have it, is dropped. Nothing is read before a host is asked for, and nothing after the
 * first find.
 */
public final class StandardKeychain {
  private static final int MAX_WARNINGS = 100;
  private static final String GHCR = "ghcr.io";
  private static final String DOCKER_AUTH_CONFIG = "DOCKER_AUTH_CONFIG";
  private static final String AUTH_JSON = "containers/auth.json";
  private static final String HELM_CONFIG = "registry/config.json";

  private final Map<String, String> environment;
  private final Path home;
  private final Consumer<String> warnings;
  private final CredentialHelpers helpers;

  private StandardKeychain(Map<String, String> environment, Path home, Consumer<String> warnings) {
    this.environment = Map.copyOf(environment);
    this.home = home;
    this.warnings = once(warnings);
    this.helpers = new CredentialHelpers(environment, this.warnings);
  }

  /** A keychain is asked again after a refusal; a person needs to be told once. */
  private static Consumer<String> once(Consumer<String> listener) {
    Set<String> told = ConcurrentHashMap.newKeySet();
    return warning -> {
      if (told.size() >= MAX_WARNINGS || told.add(warning)) {
        listener.accept(warning);
      }
    };
  }

  /**
   * Makes the keychain.
   *
   * @param environment the variables, of which helpers get what they need ({@code TUG_HELPER_ENV}
   *     names more); its {@code PATH} is where they are found
   * @param home the user's folder, which {@code ~} stands for
   * @param warnings told once about what was passed over: a helper that failed, half of a pair of
   *     variables
   */
  public static Keychain of(Map<String, String> environment, Path home, Consumer<String> warnings) {
    return new StandardKeychain(environment, home, warnings).keychain();
  }

  /**
   * The file that Docker's login writes, where a login is to be stored so that other tools see it
   * too: {@code config.json} in {@code DOCKER_CONFIG}, else in {@code ~/.docker}.
   *
   * @param environment the environment variables
   * @param home the user's folder
   * @param warnings told when a helper fails in a lookup
   */
  public static DockerConfig loginFile(
      Map<String, String> environment, Path home, Consumer<String> warnings) {
    var keychain = new StandardKeychain(environment, home, warnings);
    return keychain.config(keychain.dockerFile());
  }

  private Keychain keychain() {
    var order = new ArrayList<Keychain>();
    order.add(this::meantForOneHost);
    order.add(this::inVariable);
    files().forEach(file -> order.add(config(file).keychain()));
    order.add(this::githubs);
    return Keychain.firstOf(order.toArray(Keychain[]::new));
  }

  private Optional<Credential> meantForOneHost(String host, @Nullable RepositoryName repository) {
    var target = ConfigKey.parse(variable("TUG_REGISTRY").orElse(GHCR));
    if (!target.isWhole(host)) {
      return Optional.empty();
    }
    var username = variable("TUG_USERNAME");
    var password = variable("TUG_PASSWORD");
    if (username.isPresent() != password.isPresent()) {
      warnings.accept("of TUG_USERNAME and TUG_PASSWORD only one is set; going on without it");
    }
    return pair(username, password, "TUG_PASSWORD");
  }

  private Optional<Credential> inVariable(String host, @Nullable RepositoryName repository)
      throws IOException {
    var text = variable(DOCKER_AUTH_CONFIG).orElse("").getBytes(StandardCharsets.UTF_8);
    return DockerAuths.parse(text, DOCKER_AUTH_CONFIG).find(host, repository, helpers);
  }

  private Optional<Credential> githubs(String host, @Nullable RepositoryName repository) {
    if (!host.equals(GHCR)) {
      return Optional.empty();
    }
    var actor = variable("GITHUB_ACTOR");
    var username = variable("GHCR_USERNAME").or(() -> actor);
    var token = variable("GHCR_TOKEN");
    if (token.isPresent() && username.isEmpty()) {
      warnings.accept(
          "GHCR_TOKEN is set, but neither GHCR_USERNAME nor GITHUB_ACTOR; going on without it");
    }
    return pair(username, token, "GHCR_TOKEN")
        .or(() -> pair(actor, variable("GITHUB_TOKEN"), "GITHUB_TOKEN"));
  }

  private List<Path> files() {
    var config = path("XDG_CONFIG_HOME").orElse(home.resolve(".config"));
    var files = new ArrayList<Path>();
    path("REGISTRY_AUTH_FILE").ifPresent(files::add);
    path("XDG_RUNTIME_DIR").ifPresent(runtime -> files.add(runtime.resolve(AUTH_JSON)));
    files.add(config.resolve(AUTH_JSON));
    files.add(dockerFile());
    path("HELM_REGISTRY_CONFIG")
        .ifPresentOrElse(
            files::add,
            () -> helmFolders().forEach(folder -> files.add(folder.resolve(HELM_CONFIG))));
    return files;
  }

  private Path dockerFile() {
    return path("DOCKER_CONFIG").orElse(home.resolve(".docker")).resolve("config.json");
  }

  /** Helm's folder is one of the last where nothing names it; only one of them exists. */
  private List<Path> helmFolders() {
    var named =
        path("HELM_CONFIG_HOME")
            .or(() -> path("XDG_CONFIG_HOME").map(config -> config.resolve("helm")));
    if (named.isPresent()) {
      return List.of(named.get());
    }
    var folders = new ArrayList<Path>();
    path("APPDATA").ifPresent(appData -> folders.add(appData.resolve("helm")));
    folders.add(home.resolve("Library/Preferences/helm"));
    folders.add(home.resolve(".config/helm"));
    return folders;
  }

  private Optional<Path> path(String name) {
    return variable(name).map(FileName::path);
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .map(value -> value.replaceFirst("[\\r\\n]+$", ""))
        .filter(value -> !value.isEmpty());
  }

  private static Optional<Credential> pair(
      Optional<String> username, Optional<String> password, String source) {
    return username.flatMap(
        name -> password.map(secret -> new Credential.Password(name, secret, source)));
  }

  /** A file, which a person knows by its {@code ~}. */
  private DockerConfig config(Path file) {
    var name =
        file.startsWith(home)
            ? "~/" + home.relativize(file).toString().replace(File.separatorChar, '/')
            : file.toString();
    return new DockerConfig(file, name, helpers);
  }
}
