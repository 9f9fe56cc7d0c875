package io.github.tugoci.cli.artifact;

import io.github.tugoci.artifact.ArtifactPullOptions;
import io.github.tugoci.artifact.Artifacts;
import io.github.tugoci.artifact.PulledArtifact;
import io.github.tugoci.artifact.PulledArtifact.PulledFile;
import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.copy.PlatformSelector;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.FileName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      var source = connection.source(location);
      var manifest = source.store().manifest(source.selector());
      var pull =
          ArtifactPullOptions.defaults()
              .withOverwrite(!noOverwrite)
              .withUntitled(untitled)
              .withCopy(connection.copyOptions(location).build());
      var artifact =
          Artifacts.pull(
              source.store(),
              platform == null
                  ? manifest
                  : PlatformSelector.select(source.store(), manifest, platform),
              destination,
              pull);
      if (!artifact.skipped().isEmpty()) {
        session
            .output()
            .warn(
                "%d layers have no title and were skipped; --untitled takes them too"
                    .formatted(artifact.skipped().size()));
      }
      session.output().print(new Pulled(source.name(), artifact));
    }
  }

  private record Pulled(String reference, PulledArtifact artifact) implements Result {
    @Override
    public List<String> text() {
      var lines = new ArrayList<String>();
      artifact.files().forEach(file -> lines.add("File: " + file.path()));
      lines.add("Pulled: " + reference);
      lines.add("Digest: " + artifact.manifest().bytes().digest());
      return lines;
    }

    @Override
    public Map<String, ?> json() {
      var manifest = artifact.manifest();
      var json = new LinkedHashMap<String, Object>();
      json.put("reference", reference);
      json.put("digest", manifest.bytes().digest().toString());
      json.put("mediaType", manifest.mediaType().value());
      json.put("size", manifest.bytes().size());
      if (manifest.artifactType() != null) {
        json.put("artifactType", manifest.artifactType().value());
      }
      json.put("annotations", manifest.annotations());
      json.put("files", artifact.files().stream().map(Pulled::file).toList());
      json.put("skipped", artifact.skipped().stream().map(ArtifactPushResult::file).toList());
      return json;
    }

    private static Map<String, Object> file(PulledFile file) {
      var json = new LinkedHashMap<String, Object>();
      json.put("path", FileName.printable(file.path()));
      json.putAll(ArtifactPushResult.file(file.layer()));
      json.put("title", file.title());
      return json;
    }
  }
}
