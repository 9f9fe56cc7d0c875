package io.github.tugoci.dependency;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.error.InvalidYamlException;
import io.github.tugoci.yaml.Yaml;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The chart repositories that {@code helm repo add} made known, with their passwords. Helm's file
 * is read only.
 *
 * <pre>{@code
 * var helm = HelmRepositories.read(Path.of("/etc/helm/repositories.yaml"));
 * var client = RegistryClient.create(TransportOptions.defaults(), helm.keychain());
 * var repositories = ChartRepositories.of(client).withAliases(helm::url);
 * }</pre>
 */
public final class HelmRepositories {
  private static final int MAX_SIZE = 1 << 20;

  private final List<Repository> all;

  private HelmRepositories(List<Repository> all) {
    this.all = List.copyOf(all);
  }

  /** One of them. */
  private record Repository(
      String name, String url, @Nullable String username, @Nullable String password) {
    /** {@code HOST[:PORT]}; empty if it has none. */
    String host() {
      try {
        return Objects.requireNonNullElse(URI.create(url).getRawAuthority(), "");
      } catch (IllegalArgumentException e) {
        return "";
      }
    }
  }

  /**
   * Reads Helm's {@code repositories.yaml}; a file that doesn't exist has none.
   *
   * @throws InvalidYamlException if it is malformed or too large
   */
  public static HelmRepositories read(Path file) throws IOException {
    var all = new ArrayList<Repository>();
    if (Files.isRegularFile(file)) {
      if (Files.size(file) > MAX_SIZE) {
        throw new InvalidYamlException("file too large: " + file + ": over the limit of 1 MiB");
      }
      if (Yaml.read(Files.readAllBytes(file), file.toString()) instanceof Map<?, ?> map
          && map.get("repositories") instanceof List<?> list) {
        list.forEach(item -> add(item, all));
      }
    }
    return new HelmRepositories(all);
  }

  private static void add(@Nullable Object item, List<Repository> to) {
    if (item instanceof Map<?, ?> fields
        && fields.get("name") instanceof String name
        && fields.get("url") instanceof String url) {
      to.add(
          new Repository(
              name, url, Yaml.text(fields.get("username")), Yaml.text(fields.get("password"))));
    }
  }

  /** The URL of a repository that has a name. */
  public Optional<String> url(String name) {
    return all.stream().filter(one -> one.name.equals(name)).map(Repository::url).findFirst();
  }

  /** The passwords, each for its repository's host. */
  public Keychain keychain() {
    return (host, repository) ->
        all.stream()
            .filter(one -> repository == null && one.host().equals(host))
            .filter(one -> one.username != null && one.password != null)
            .map(HelmRepositories::credential)
            .findFirst();
  }

  private static Credential credential(Repository repository) {
    return new Credential.Password(
        String.valueOf(repository.username),
        String.valueOf(repository.password),
        "Helm's repository " + repository.name);
  }
}
