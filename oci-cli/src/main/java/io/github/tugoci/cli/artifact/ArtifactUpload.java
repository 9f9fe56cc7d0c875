package io.github.tugoci.cli.artifact;

import io.github.tugoci.artifact.ArtifactFile;
import io.github.tugoci.artifact.ArtifactPushOptions;
import io.github.tugoci.artifact.Artifacts;
import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.Environment;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The push of one artifact, whichever command it is asked for by. */
public final class ArtifactUpload {
  private ArtifactUpload() {}

  /**
   * The files that words name.
   *
   * @param words each {@code FILE[:TYPE]}
   * @throws IOException if one isn't there
   */
  public static List<ArtifactFile> files(List<String> words) throws IOException {
    return ArtifactFilesOptions.files(words);
  }

  /**
   * How an artifact is made of files.
   *
   * @param artifactType what kind it is, or null
   */
  public static ArtifactPushOptions.Builder options(
      Environment environment, @Nullable String artifactType, Map<String, String> annotations) {
    var options = ArtifactPushOptions.builder();
    environment.sourceDate().ifPresent(options::created);
    return options.annotations(annotations).artifactType(ArtifactFilesOptions.type(artifactType));
  }

  /** Pushes it and prints what came of it. */
  public static void run(
      ConnectionOptions options,
      Location location,
      List<ArtifactFile> files,
      ArtifactPushOptions.Builder push,
      Target target,
      boolean overwrite,
      CommandContext session)
      throws IOException {
    try (var connection = options.open(session, Hosts.of(location))) {
      push.copy(connection.copyOptions(location).overwrite(overwrite).build());
      var artifact =
          connection.write(
              location, store -> Artifacts.push(store, files, target.tags(), push.build()));
      var name = target.name(artifact.result().root());
      var pushed = ArtifactPushResult.of("Pushed", name, target.tags(), artifact);
      session.output().note(pushed.copied().summary());
      session.output().print(pushed);
    }
  }
}
