package io.github.tugoci.cli.image;

import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.CopyFilterOptions;
import io.github.tugoci.cli.connect.Locations;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.reference.Location;
import java.io.IOException;
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
    ImageDownload.check(to, choice, allPlatforms);
    try (var connection = connect(session, from, to)) {
      var source = connection.source(from, choice.platforms());
      var root = Images.check(source, source.root());
      ImageDownload.run(connection, source, root, to, choice, allPlatforms, session);
    }
  }
}
