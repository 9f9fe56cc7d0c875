package io.github.tugoci.cli.deploy;

import io.github.tugoci.reference.Reference;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one image may be, and where its parts stand in the chart's values.
 *
 * @param repository the only repository that it may come from
 * @param required whether it must be given
 * @param fallback the image that stands for it where it isn't given
 * @param paths where its parts go
 */
record ImagePolicy(Reference repository, boolean required, Optional<String> fallback, Paths paths) {

  /**
   * Paths in the values, such as {@code api.tag}; what has none is not written.
   *
   * @param registry the host
   * @param repository the name; with its host, where that has no path of its own
   * @param tag the tag
   * @param digest the digest
   */
  record Paths(
      Optional<String> registry,
      Optional<String> repository,
      Optional<String> tag,
      Optional<String> digest) {
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*");

    static Paths read(PolicyFields fields) {
      var paths =
          new Paths(
              path(fields, "registry"),
              path(fields, "repository"),
              path(fields, "tag"),
              path(fields, "digest"));
      fields.end();
      return paths;
    }

    private static Optional<String> path(PolicyFields fields, String key) {
      return fields.string(key, PATH, "a path of keys, such as api.tag");
    }
  }
}
