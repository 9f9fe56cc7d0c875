package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.copy.CopyResult;
import io.github.tugoci.reference.Location;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What something new is called at its target, and whether that may be something else already. */
public final class TagOptions {
  @Option(names = "--tag", paramLabel = "TAG", description = "Add this tag too; repeatable.")
  private List<String> tags = List.of();

  @Option(names = "--no-overwrite", description = "Refuse to move a tag that has other content.")
  private boolean noOverwrite;

  /**
   * Where it goes, and its tags there.
   *
   * @param otherwise the tag if none is given
   */
  public Target target(Location location, Optional<String> otherwise) {
    return Target.of(location, tags, otherwise);
  }

  /** How copies are made to a location, with regard to tags. */
  public CopyOptions.Builder copyOptions(ClientSession connection, Location location) {
    return connection.copyOptions(location).overwrite(!noOverwrite);
  }

  /** Content that was made here and is written to a store under tags. */
  public interface Content {
    CopyResult copy(ContentTarget store, List<String> newTags, CopyOptions options)
        throws IOException;
  }

  /** Pushes content to a target and prints what came of it. */
  public void push(Target target, Content content, ClientSession connection, CommandContext session)
      throws IOException {
    var location = target.location();
    var copying = copyOptions(connection, location).build();
    var result = connection.write(location, store -> content.copy(store, target.tags(), copying));
    CopyResultView.of(target, result).print("Pushed", session);
  }
}
