package io.github.tugoci.cli.artifact;

import io.github.tugoci.artifact.ArtifactPullOptions;
import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.PlatformOption;
import io.github.tugoci.cli.connect.SourceCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.client.Source;
import io.github.tugoci.model.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "pull",
    description = {
      "Pull an artifact's files and folders, each under its title.",
      "All content is fetched and verified before the first file is written to its place."
    },
    footer = {"  tug artifact pull ghcr.io/acme/docs:1.0 -d docs"})
public final class ArtifactPull extends SourceCommand {
  @Option(
      names = {"-d", "--destination", "-o", "--output"},
      paramLabel = "DIR",
      description = "Write the files to this folder (default: the current one).")
  private Path destination = Path.of(".");

  @Option(
      names = {"--no-overwrite", "--keep-old-files"},
      description = "Refuse to replace existing files; then nothing is pulled.")
  private boolean noOverwrite;

  @Option(
      names = "--untitled",
      description = "Pull layers without a title too, into files named by their digests.")
  private boolean untitled;

  @Mixin private PlatformOption platform = new PlatformOption();

  @Override
  protected List<Platform> platforms() {
    return platform.chosen();
  }

  @Override
  protected void run(CommandContext session, ClientSession connection, Source source)
      throws IOException {
    ArtifactDownload.run(
        connection,
        source,
        platform.root(source).manifest(),
        location(),
        destination,
        ArtifactPullOptions.builder().overwrite(!noOverwrite).untitled(untitled).build(),
        session);
  }
}
