package io.github.tugoci.cli.artifact;

import io.github.tugoci.artifact.ArtifactFile;
import io.github.tugoci.artifact.ArtifactPushOptions;
import io.github.tugoci.artifact.Artifacts;
import io.github.tugoci.artifact.PushedArtifact;
import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.CopyResultView;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.cli.shell.JsonRecord.Inline;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The push of one artifact, whichever command it is asked for by. */
public final class ArtifactUpload {
  public static final String TYPE = "Set the artifact's type, such as application/vnd.acme.report.";

  /** RFC 6838, section 4.2. */
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*");

  private ArtifactUpload() {}

  /**
   * The files that words name, each with another title.
   *
   * @param words each {@code FILE[:TYPE]}
   * @throws NoSuchFileException if one doesn't exist
   */
  public static List<ArtifactFile> files(List<String> words) throws NoSuchFileException {
    var found = new ArrayList<ArtifactFile>();
    var titles = new HashSet<String>();
    for (var text : words) {
      var file = file(text);
      if (!titles.add(file.title())) {
        throw new InvalidInputException(
            "duplicate title: \"%s\": two files would have it".formatted(file.title()),
            "run tug in the folder above them, and name them from there");
      }
      found.add(file);
    }
    return found;
  }

  /** A media type that was given by an option; null stays null. */
  static @Nullable MediaType type(@Nullable String text) {
    if (text != null && !MEDIA_TYPE.matcher(text).matches()) {
      throw new InvalidInputException(
          "invalid media type: \"%s\"".formatted(text),
          "write TYPE/NAME, such as application/vnd.example.report");
    }
    return text == null ? null : MediaType.parse(text);
  }

  /** A colon at the end says that those before it are the name's own. */
  static ArtifactFile file(String text) throws NoSuchFileException {
    try {
      int colon = text.lastIndexOf(':');
      var type = colon < 0 ? "" : text.substring(colon + 1);
      boolean typed =
          colon > 0
              && (type.isEmpty() || MEDIA_TYPE.matcher(type).matches())
              && !Files.exists(FileName.path(text));
      var path = FileName.path(typed ? text.substring(0, colon) : text);
      if (!Files.exists(path)) {
        throw new NoSuchFileException(path.toString());
      }
      return ArtifactFile.of(path).withMediaType(typed && !type.isEmpty() ? type(type) : null);
    } catch (InvalidPathException e) {
      throw InvalidInputException.ofPath(text, e);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(text + ": " + e.getMessage(), null, e);
    }
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
    return options.annotations(annotations).artifactType(type(artifactType));
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

  /** A layer as a file. */
  record TitledLayer(String title, MediaType mediaType, Digest digest, long size)
      implements JsonRecord {
    static TitledLayer of(Descriptor layer) {
      return of(layer.annotations().getOrDefault(Annotations.TITLE, ""), layer);
    }

    static TitledLayer of(String title, Descriptor layer) {
      return new TitledLayer(title, layer.mediaType(), layer.digest(), layer.size());
    }
  }

  /**
   * An artifact that was pushed.
   *
   * @param copied what came of the copy
   */
  record ArtifactPushResult(
      @Inline CopyResultView copied,
      @Nullable MediaType artifactType,
      @Nullable Digest subject,
      Map<String, String> annotations,
      List<ArtifactUpload.TitledLayer> files)
      implements JsonRecord {
    static ArtifactPushResult of(String reference, List<String> tags, PushedArtifact artifact) {
      var manifest = artifact.manifest();
      return new ArtifactPushResult(
          CopyResultView.of(reference, tags, artifact.result()),
          manifest.artifactType(),
          manifest.subject() == null ? null : manifest.subject().digest(),
          manifest.annotations(),
          manifest.layers().stream()
              .filter(layer -> layer.annotations().containsKey(Annotations.TITLE))
              .map(ArtifactUpload.TitledLayer::of)
              .toList());
    }

    void print(String verb, CommandContext session) {
      session.note(copied.transferred().toString());
      session.print(this, copied.text(verb));
    }
  }
}
