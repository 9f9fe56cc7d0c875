package io.github.tugoci.cli.artifact;

import io.github.tugoci.artifact.ArtifactFile;
import io.github.tugoci.artifact.ArtifactPushOptions;
import io.github.tugoci.artifact.Artifacts;
import io.github.tugoci.cli.connect.Locations;
import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Location;
import io.github.tugoci.text.FileName;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What an artifact is made of, and where it belongs. */
final class ArtifactFilesOptions {
  /** RFC 6838, section 4.2. */
  private static final Pattern TYPE =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*");

  @Parameters(index = "0", paramLabel = "REF", description = Locations.TARGET)
  private Location location;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "FILE[:TYPE]",
      description =
          "A file or a folder, with its media type. Its title is its path below the current folder,"
              + " otherwise its name alone.")
  private List<String> files = List.of();

  @Option(
      names = "--annotation",
      paramLabel = "KEY=VALUE",
      description = "Add this annotation to the manifest; repeatable.")
  private Map<String, String> annotations = new LinkedHashMap<>();

  @Option(
      names = "--config",
      paramLabel = "FILE[:TYPE]",
      description = "Use this file as the configuration (default: the empty object).")
  private @Nullable String config;

  /** Where it goes, or what it is about. */
  Location location() {
    return location;
  }

  /** The files, all of which are there, each with another title. */
  List<ArtifactFile> files() throws NoSuchFileException {
    return files(files);
  }

  static List<ArtifactFile> files(List<String> words) throws NoSuchFileException {
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

  boolean isEmpty() {
    return files.isEmpty() && annotations.isEmpty();
  }

  /** The options, of which some follow from the contents. */
  ArtifactPushOptions.Builder options(Environment environment, @Nullable String artifactType)
      throws NoSuchFileException {
    var options = ArtifactUpload.options(environment, artifactType, annotations);
    if (config != null) {
      var file = file(config);
      var type = file.mediaType();
      options.config(file.path(), type == null ? Artifacts.UNKNOWN_CONFIG : type);
    }
    return options;
  }

  /** A media type that was given by an option; null stays null. */
  static @Nullable MediaType type(@Nullable String text) {
    if (text != null && !TYPE.matcher(text).matches()) {
      throw new InvalidInputException(
          "invalid media type: \"%s\"".formatted(text),
          "write TYPE/NAME, such as application/vnd.example.report");
    }
    return text == null ? null : MediaType.parse(text);
  }

  /** A colon at the end says that those before it are the name's own. */
  private static ArtifactFile file(String text) throws NoSuchFileException {
    try {
      int colon = text.lastIndexOf(':');
      var type = colon < 0 ? "" : text.substring(colon + 1);
      boolean typed =
          colon > 0
              && (type.isEmpty() || TYPE.matcher(type).matches())
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
}
