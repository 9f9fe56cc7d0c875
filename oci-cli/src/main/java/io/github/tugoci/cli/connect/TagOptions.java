package io.github.tugoci.cli.connect;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What something new is called at its target, and whether that may be something else already. */
public final class TagOptions {
  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "One more tag; can be given several times.")
  private List<String> tags = List.of();

  @Option(names = "--no-overwrite", description = "Refuse to move a tag that is something else.")
  private boolean noOverwrite;

  /**
   * Where it goes, and its tags there.
   *
   * @param otherwise the tag if none is given
   */
  public Target target(Location location, Optional<String> otherwise) {
    return Target.of(location, tags, otherwise);
  }

  /** Whether tags may move. */
  public boolean overwrite() {
    return !noOverwrite;
  }
}
