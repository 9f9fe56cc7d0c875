package io.github.tugoci.cli.image;

import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.CopyFilterOptions;
import io.github.tugoci.cli.connect.CopyResultView;
import io.github.tugoci.cli.connect.CurrentPlatform;
import io.github.tugoci.cli.connect.Locations;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pull",
    description = {
      "Pull an image into an OCI layout, a layout in a tar, or an archive for docker load.",
      "Of an index, the image for this machine is pulled unless told otherwise."
    },
    footer = {
      "  tug image pull ghcr.io/acme/app:1.0 oci:image",
      "  tug image pull ghcr.io/acme/app:1.0 oci:image --all-platforms",
      "  tug image pull ghcr.io/acme/app:1.0 docker-archive:app.tar && docker load -i app.tar"
    })
public final class ImagePull extends ConnectedCommand {
  @Mixin private CopyFilterOptions choice = new CopyFilterOptions();

  @Parameters(index = "0", paramLabel = "REF", description = Locations.ANYWHERE)
  private Location from;

  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      description = "oci:DIR[:TAG], oci-archive:FILE[:TAG] or docker-archive:FILE[:NAME:TAG].")
  private Location to;

  @Option(names = "--all-platforms", description = "Pull the whole index with all its images.")
  private boolean allPlatforms;

  @Override
  public void run(CommandContext session) throws IOException {
    check(to, choice, allPlatforms);
    try (var connection = connect(session, from, to)) {
      var source = connection.source(from, choice.platforms());
      var root = ImagePush.check(source, source.root());
      pull(connection, source, root, to, choice, allPlatforms, session);
    }
  }

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
   * Pulls an image or an index, whichever command asks for it, and prints what came of it. Of an
   * index it is this machine's image, unless another is chosen.
   *
   * @param root its manifest, which was read already
   */
  public static void pull(
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
