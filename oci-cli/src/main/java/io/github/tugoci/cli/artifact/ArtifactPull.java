package io.github.tugoci.cli.artifact;

import io.github.tugoci.artifact.ArtifactPullOptions;
import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.model.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pull",
    description = {
      "Pull an artifact's files and folders, each under its title.",
      "Everything is fetched and checked before the first file takes its place."
    },
    footer = {"  tug artifact pull ghcr.io/acme/docs:1.0 -d docs"})
public final class ArtifactPull implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(
      paramLabel = "REF",
      description = "HOST/NAME[:TAG][@DIGEST], oci:DIR[:TAG] or oci-archive:FILE[:TAG].")
  private Location location;

  @Option(
      names = {"-d", "--destination", "-o", "--output"},
      paramLabel = "DIR",
      description = "Where to write the files (default: here).")
  private Path destination = Path.of(".");

  @Option(
      names = {"--no-overwrite", "--keep-old-files"},
      description = "Refuse to replace files that are there; then nothing is pulled.")
  private boolean noOverwrite;

  @Option(
      names = "--untitled",
      description = "Layers without a title too, into files named by their digests.")
  private boolean untitled;

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description = "The artifact of an index for this platform.")
  private @Nullable Platform platform;

  @Override
  public void run(CommandContext session) throws IOException {
    try (var connection = options.open(session, Hosts.of(location))) {
      var source = connection.source(location, platform == null ? List.of() : List.of(platform));
      var manifest = source.store().manifest(source.selector());
      ArtifactDownload.run(
          connection,
          source,
          manifest,
          location,
          platform,
          destination,
          ArtifactPullOptions.builder().overwrite(!noOverwrite).untitled(untitled).build(),
          session);
    }
  }
}
