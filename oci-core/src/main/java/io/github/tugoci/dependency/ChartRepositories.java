package io.github.tugoci.dependency;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Access to the repositories that charts name for their dependencies. */
public final class ChartRepositories {
  private final RegistryClient client;
  private final Function<String, Optional<String>> urls;

  private ChartRepositories(RegistryClient client, Function<String, Optional<String>> urls) {
    this.client = client;
    this.urls = urls;
  }

  /** Registries and web servers, over a client, which stays the caller's. */
  public static ChartRepositories of(RegistryClient client) {
    return new ChartRepositories(client, alias -> Optional.empty());
  }

  /**
   * The same, with words that stand for repositories, as in {@code @stable} or {@code
   * alias:stable}.
   *
   * @param byAlias the URL that a word stands for
   */
  public ChartRepositories withAliases(Function<String, Optional<String>> byAlias) {
    return new ChartRepositories(client, byAlias);
  }

  /** A chart's own repository in a registry. */
  ContentSource registry(Reference repository) {
    return client.repository(repository);
  }

  /**
   * The tags of a chart's repository in a registry.
   *
   * @throws NotFoundException if the repository doesn't exist
   */
  List<String> tags(Reference repository) throws IOException {
    return client.repository(repository).tags().list();
  }

  /**
   * Reads a file of a chart repository that is a web server. A credential of that server goes to no
   * other host, which the file may be on.
   *
   * @param limit the most bytes that are read
   * @throws NotFoundException if it doesn't exist
   * @throws InvalidContentException if it is larger
   */
  Bytes read(URI repository, URI file, int limit) throws IOException {
    return client.files(repository).read(file, limit);
  }

  /** The URL that a word stands for. */
  Optional<String> url(String alias) {
    return urls.apply(alias);
  }
}
