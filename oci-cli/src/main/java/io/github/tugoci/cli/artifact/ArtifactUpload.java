package io.github.tugoci.cli.artifact;

import io.github.tugoci.artifact.ArtifactFile;
import io.github.tugoci.artifact.ArtifactPushOptions;
import io.github.tugoci.artifact.Artifacts;
import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.copy.CopyOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The push of one artifact, whichever command it is asked for by. */
public final class ArtifactUpload {
  /** The description of --artifact-type. */
  public static final String TYPE = "Set the artifact's type, such as application/vnd.acme.report.";

  private ArtifactUpload() {}

  /**
   * The files that words name.
   *
   * @param words each {@code FILE[:TYPE]}
   * @throws IOException if one doesn't exist
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
      ClientSession connection,
      List<ArtifactFile> files,
      ArtifactPushOptions.Builder push,
      Target target,
      CopyOptions.Builder copy,
      CommandContext session)
      throws IOException {
    push.copy(copy.build());
    var artifact =
        connection.write(
            target.location(), store -> Artifacts.push(store, files, target.tags(), push.build()));
    ArtifactPushResult.of(target.name(artifact.result().root()), target.tags(), artifact)
        .print("Pushed", session);
  }
}
