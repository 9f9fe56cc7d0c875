package io.github.tugoci.auth;

import io.github.tugoci.reference.RepositoryName;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a key in a Docker config is about: {@code ghcr.io}, {@code https://ghcr.io/v1/}, and in
 * containers' files {@code ghcr.io/acme/app}. Hosts are compared whole.
 *
 * @param host the registry; for each of Docker Hub's names the same one
 * @param path the repositories below it, a whole number of components; empty for all
 */
record ConfigKey(String host, String path) {
  /** The name by which Docker's own login knows Docker Hub. */
  private static final String DOCKER_HUB_KEY = "https://index.docker.io/v1/";

  private static final String DOCKER_HUB = "docker.io";
  private static final Set<String> DOCKER_HUB_HOSTS =
      Set.of(DOCKER_HUB, "index.docker.io", "registry-1.docker.io");
  private static final Pattern SCHEME = Pattern.compile("^https?://", Pattern.CASE_INSENSITIVE);
  private static final Set<String> API_PATHS = Set.of("v1", "v2");

  static ConfigKey parse(String text) {
    var rest = SCHEME.matcher(text).replaceFirst("");
    int slash = rest.indexOf('/');
    var host = (slash < 0 ? rest : rest.substring(0, slash)).toLowerCase(Locale.ROOT);
    var path = slash < 0 ? "" : rest.substring(slash + 1);
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return new ConfigKey(
        DOCKER_HUB_HOSTS.contains(host) ? DOCKER_HUB : host, API_PATHS.contains(path) ? "" : path);
  }

  /** The key under which Docker's login stores a host, and by which it asks a helper. */
  static String dockers(String host) {
    var parsed = parse(host).host();
    return parsed.equals(DOCKER_HUB) ? DOCKER_HUB_KEY : parsed;
  }

  /** Whether what is stored under this key is for a repository; null is the registry as a whole. */
  boolean covers(String askedHost, @Nullable RepositoryName repository) {
    return isFor(askedHost)
        && (path.isEmpty()
            || (repository != null && (repository.value() + "/").startsWith(path + "/")));
  }

  /** Whether it is about a registry as a whole. */
  boolean isWhole(String askedHost) {
    return isFor(askedHost) && path.isEmpty();
  }

  private boolean isFor(String askedHost) {
    return host.equals(parse(askedHost).host());
  }
}
