package io.github.tugoci.cli.artifact;

import io.github.tugoci.artifact.ArtifactPullOptions;
import io.github.tugoci.artifact.Artifacts;
import io.github.tugoci.artifact.PulledArtifact;
import io.github.tugoci.artifact.PulledArtifact.PulledFile;
import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.connect.Source;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.copy.PlatformSelector;
import io.github.tugoci.copy.Root;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.FileName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pull of one artifact, whichever command it is asked for by. */
public final class ArtifactDownload {
  private ArtifactDownload() {}

  /**
   * Pulls its files and prints what came of it.
   *
   * @param manifest its manifest or index, which was read already
   * @param location where it is
   * @param platform which of an index's; null if it isn't one
   * @param destination the folder that the files are written to
   */
  public static void run(
      ClientSession connection,
      Source source,
      Manifest manifest,
      Location location,
      @Nullable Platform platform,
      Path destination,
      ArtifactPullOptions options,
      CommandContext session)
      throws IOException {
    var artifact =
        Artifacts.pull(
            source.store(),
            platform == null
                ? manifest
                : PlatformSelector.select(source.store(), Root.of(manifest), platform).manifest(),
            destination,
            options.toBuilder().copy(connection.copyOptions(location).build()).build());
    if (!artifact.skipped().isEmpty()) {
      session
          .output()
          .warn(
              "%d layers have no title and were skipped; --untitled takes them too"
                  .formatted(artifact.skipped().size()));
    }
    session.output().print(new Pulled(source.name(), artifact));
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
