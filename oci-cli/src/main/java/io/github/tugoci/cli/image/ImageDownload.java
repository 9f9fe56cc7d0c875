package io.github.tugoci.cli.image;

import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.CopyFilterOptions;
import io.github.tugoci.cli.connect.CopyResultView;
import io.github.tugoci.cli.connect.CurrentPlatform;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.client.Source;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.Root;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Location;
import java.io.IOException;
import java.util.List;

/** The pull of one image or index, whichever command it is asked for by. */
public final class ImageDownload {
  private ImageDownload() {}

  /**
   * Checks what is wanted, before anything is asked for.
   *
   * @throws InvalidInputException if it contradicts itself
   */
  public static void check(Location to, CopyFilterOptions choice, boolean allPlatforms) {
    if (!choice.platforms().isEmpty() && allPlatforms) {
      throw new InvalidInputException(
          "--platform and --all-platforms can't be combined", "leave one of them out");
    }
    if (allPlatforms && to.holdsOneImage()) {
      throw new InvalidInputException(
          "--all-platforms: an archive for docker load can't hold an index",
          "use oci-archive:FILE with --all-platforms");
    }
  }

  /**
   * Pulls it and prints what came of it. Of an index it is this machine's image, unless another is
   * chosen.
   *
   * @param root its manifest, which was read already
   */
  public static void run(
      ClientSession connection,
      Source source,
      Root root,
      Location to,
      CopyFilterOptions choice,
      boolean allPlatforms,
      CommandContext session)
      throws IOException {
    var target = Target.of(to, List.of(), source.nameFor(to));
    List<Platform> platforms =
        choice.platforms().isEmpty() && !allPlatforms
            ? CurrentPlatform.choose(
                source.store(),
                root.manifest(),
                to.holdsOneImage(),
                session.output(),
                to.holdsOneImage() ? "--platform selects another" : "--all-platforms pulls all")
            : choice.platforms();
    var options = choice.options(connection, to).platforms(platforms).build();
    var result =
        connection.write(
            to, store -> Copier.copy(source.store(), root, store, target.tags(), options));
    CopyResultView.of(source.name(), target.tags(), result).print("Pulled", session);
  }
}
