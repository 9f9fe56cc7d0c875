package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.client.Source;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.helm.ChartVersions;
import io.github.tugoci.helm.SemanticVersion;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Location;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of a chart's versions is meant. */
public final class VersionOptions {
  @Option(
      names = "--version",
      paramLabel = "V",
      description =
          "Select a chart's version: exact, or a constraint such as ^1.2 or \">=1.0, <2\" (default:"
              + " the newest).")
  private @Nullable String version;

  @Option(
      names = "--devel",
      description = "Include a chart's prereleases where no version is given.")
  private boolean devel;

  /** A version or a constraint; null if none is given. */
  public @Nullable String version() {
    return version;
  }

  public boolean devel() {
    return devel;
  }

  /**
   * Finds the one chart that a reference and these options mean; only for a constraint, or where no
   * version is given, the tags are listed.
   *
   * @throws InvalidInputException if reference and version differ
   */
  public Source choose(ClientSession connection, Location location) throws IOException {
    var tag = location.tag();
    if (version != null && tag.isPresent() && !tag.get().equals(SemanticVersion.toTag(version))) {
      throw new InvalidInputException(
          "version mismatch: --version %s, but %s".formatted(version, location),
          "leave one of them out");
    }
    if (tag.isPresent() || location.digest().isPresent()) {
      var source = connection.source(location);
      if (tag.isPresent() && location.digest().isPresent()) {
        check(source.store(), tag.get(), location.digest().get());
      }
      return source;
    }
    var chosen =
        version != null && SemanticVersion.parse(version).isPresent()
            ? SemanticVersion.toTag(version)
            : ChartVersions.of(connection.tags(location)).choose(version, devel, location).tag();
    return Source.in(connection.store(location), Selector.parse(chosen), location.withTag(chosen));
  }

  /** Where both are given, the tag must lead to the digest, as Helm wants it. */
  private static void check(ContentSource store, String tag, Digest digest) throws IOException {
    var found = store.resolve(Selector.parse(tag)).digest();
    if (!found.equals(digest)) {
      throw new InvalidContentException(
          "%s:%s is %s now, not %s".formatted(store, tag, found, digest));
    }
  }
}
