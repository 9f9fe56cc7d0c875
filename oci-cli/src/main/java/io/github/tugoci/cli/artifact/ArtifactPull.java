package io.github.tugoci.cli.artifact;

import io.github.tugoci.artifact.ArtifactPullOptions;
import io.github.tugoci.artifact.Artifacts;
import io.github.tugoci.artifact.PulledArtifact;
import io.github.tugoci.cli.artifact.ArtifactUpload.TitledLayer;
import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.PlatformCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.cli.shell.JsonRecord.Inline;
import io.github.tugoci.client.Source;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "pull",
    description = {
      "Pull an artifact's files and folders, each under its title.",
      "All content is fetched and verified before the first file is written to its place."
    },
    footer = {"  tug artifact pull ghcr.io/acme/docs:1.0 -d docs"})
public final class ArtifactPull extends PlatformCommand {
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

  @Override
  protected void run(CommandContext session, ClientSession connection, Source source)
      throws IOException {
    pull(
        connection,
        source,
        root(source).manifest(),
        location(),
        destination,
        ArtifactPullOptions.builder().overwrite(!noOverwrite).untitled(untitled).build(),
        session);
  }

  /**
   * Pulls an artifact's files, whichever command asks for it, and prints what came of it.
   *
   * @param manifest its manifest or, already reduced to one artifact, that of an index
   * @param location where it is
   * @param destination the folder that the files are written to
   */
  public static void pull(
      ClientSession connection,
      Source source,
      Manifest manifest,
      Location location,
      Path destination,
      ArtifactPullOptions options,
      CommandContext session)
      throws IOException {
    var artifact =
        Artifacts.pull(
            source.store(),
            manifest,
            destination,
            options.toBuilder().copy(connection.copyOptions(location).build()).build());
    if (!artifact.skipped().isEmpty()) {
      session.warn(
          "%d layers without a title were skipped; --untitled pulls them too"
              .formatted(artifact.skipped().size()));
    }
    print(source.name(), artifact, session);
  }

  private static void print(String reference, PulledArtifact artifact, CommandContext session) {
    var manifest = artifact.manifest();
    var lines = new ArrayList<String>();
    artifact.files().forEach(file -> lines.add("File: " + file.path()));
    lines.add("Pulled: " + reference);
    lines.add("Digest: " + manifest.bytes().digest());
    session.print(
        new Pulled(
            reference,
            manifest.bytes().digest(),
            manifest.mediaType(),
            manifest.bytes().size(),
            manifest.artifactType(),
            manifest.annotations(),
            artifact.files().stream()
                .map(file -> new File(file.path(), TitledLayer.of(file.title(), file.layer())))
                .toList(),
            artifact.skipped().stream().map(TitledLayer::of).toList()),
        lines);
  }

  private record Pulled(
      String reference,
      Digest digest,
      MediaType mediaType,
      long size,
      @Nullable MediaType artifactType,
      Map<String, String> annotations,
      List<File> files,
      List<TitledLayer> skipped)
      implements JsonRecord {}

  private record File(Path path, @Inline TitledLayer layer) implements JsonRecord {}
}
