package io.github.tugoci.dependency;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.reference.Reference;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The way to the repositories that charts name as sources of what they need. */
public interface ChartRepositories {
  /**
   * A chart's repository in a registry.
   *
   * @param repository the chart's own repository, without a tag
   */
  ContentSource registry(Reference repository) throws IOException;

  /**
   * The tags of a chart's repository in a registry.
   *
   * @throws NotFoundException if there is no such repository
   */
  List<String> tags(Reference repository) throws IOException;

  /**
   * Reads a file of a chart repository that is a web server. A credential of that server must go to
   * no other host, which the file may be on.
   *
   * @param repository the repository's URL, http or https
   * @param file the file's URL, http or https
   * @param limit the most bytes that are read
   * @throws NotFoundException if it isn't there
   * @throws InvalidContentException if it is larger
   */
  Bytes read(URI repository, URI file, int limit) throws IOException;

  /**
   * The URL of a repository that a chart names by a word, as {@code @stable} or {@code
   * alias:stable}.
   */
  default Optional<String> url(String alias) {
    return Optional.empty();
  }
}
