package io.github.tugoci.cli.image;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.CopyFilterOptions;
import io.github.tugoci.cli.connect.CopyResultView;
import io.github.tugoci.cli.connect.CurrentPlatform;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.Platform;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pull",
    description = {
      "Pull an image into a layout, a layout in a tar, or an archive for docker load.",
      "Of an index, the image for this machine is pulled if nothing else is said."
    },
    footer = {
      "  tug image pull ghcr.io/acme/app:1.0 oci:image",
      "  tug image pull ghcr.io/acme/app:1.0 oci:image --all-platforms",
      "  tug image pull ghcr.io/acme/app:1.0 docker-archive:app.tar && docker load -i app.tar"
    })
public final class ImagePull implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();
  @Mixin private CopyFilterOptions choice = new CopyFilterOptions();

  @Parameters(index = "0", paramLabel = "REF", description = "HOST/NAME[:TAG][@DIGEST].")
  private Location from;

  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      description = "oci:DIR[:TAG], oci-archive:FILE[:TAG] or docker-archive:FILE[:NAME:TAG].")
  private Location to;

  @Option(names = "--all-platforms", description = "The whole index, with all its images.")
  private boolean allPlatforms;

  @Override
  public void run(CommandContext session) throws IOException {
    if (!choice.platforms().isEmpty() && allPlatforms) {
      throw new InvalidInputException(
          "--platform and --all-platforms exclude each other", "leave one of them out");
    }
    if (allPlatforms && to.holdsOneImage()) {
      throw new InvalidInputException(
          "Docker's archives hold no index", "write oci-archive:FILE with --all-platforms");
    }
    try (var connection = options.open(session, Hosts.of(from, to))) {
      var source = connection.source(from);
      var target = Target.of(to, List.of(), source.nameFor(to));
      var manifest = Images.read(source);
      var result =
          connection.write(
              to,
              store ->
                  Copier.copy(
                      source.store(),
                      manifest,
                      store,
                      target.tags(),
                      choice.options(connection, to).platforms(wanted(manifest, session)).build()));
      new CopyResultView("Pulled", source.name(), target.tags(), result).tell(session.output());
    }
  }

  private List<Platform> wanted(Manifest manifest, CommandContext session) {
    if (!choice.platforms().isEmpty() || allPlatforms) {
      return choice.platforms();
    }
    return CurrentPlatform.choose(manifest, session.output(), "--all-platforms takes all");
  }
}
