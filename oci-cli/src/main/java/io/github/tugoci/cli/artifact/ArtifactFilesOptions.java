package io.github.tugoci.cli.artifact;

import io.github.tugoci.artifact.ArtifactFile;
import io.github.tugoci.artifact.ArtifactPushOptions;
import io.github.tugoci.artifact.Artifacts;
import io.github.tugoci.cli.connect.Locations;
import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.reference.Location;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What an artifact is made of, and where it belongs. */
final class ArtifactFilesOptions {
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
    return ArtifactUpload.files(files);
  }

  boolean isEmpty() {
    return files.isEmpty() && annotations.isEmpty();
  }

  /** The options, of which some follow from the contents. */
  ArtifactPushOptions.Builder options(Environment environment, @Nullable String artifactType)
      throws NoSuchFileException {
    var options = ArtifactUpload.options(environment, artifactType, annotations);
    if (config != null) {
      var file = ArtifactUpload.file(config);
      var type = file.mediaType();
      options.config(file.path(), type == null ? Artifacts.UNKNOWN_CONFIG : type);
    }
    return options;
  }
}
