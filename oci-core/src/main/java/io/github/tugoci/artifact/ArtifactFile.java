package io.github.tugoci.artifact;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.text.FileName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A file or a folder that becomes a layer of an artifact.
 *
 * @param path where it is
 * @param title what it is called in the artifact, and so where a pull writes it: a relative path
 *     with slashes
 * @param mediaType its type; null for {@link Artifacts#FILE}, or {@link Artifacts#FOLDER}
 */
public record ArtifactFile(Path path, String title, @Nullable MediaType mediaType) {
  /**
   * Checks title and type.
   *
   * @throws IllegalArgumentException if the title could lead out of the folder that it is pulled
   *     into or isn't text, or the type is a manifest's
   */
  public ArtifactFile {
    try {
      title = SafePath.of(FileName.checkText(title));
    } catch (InvalidContentException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    if (mediaType != null && mediaType.isManifest()) {
      throw new IllegalArgumentException(
          "invalid media type of a file: "
              + mediaType
              + ": stores keep such content as a manifest");
    }
  }

  /**
   * A file that is called as it is written, if that is a path below the current folder, else by its
   * name alone.
   *
   * @throws IllegalArgumentException if its name can't be a title
   */
  public static ArtifactFile of(Path path) {
    return new ArtifactFile(path, title(path), null);
  }

  /** The same file with a type; null for the default. */
  public ArtifactFile withMediaType(@Nullable MediaType type) {
    return new ArtifactFile(path, title, type);
  }

  boolean isFolder() {
    return Files.isDirectory(path);
  }

  private static String title(Path path) {
    var plain = path.normalize();
    if (plain.isAbsolute() || plain.startsWith("..") || plain.toString().isEmpty()) {
      plain = path.toAbsolutePath().normalize().getFileName();
    }
    return plain == null
        ? ""
        : StreamSupport.stream(plain.spliterator(), false)
            .map(FileName::textOf)
            .collect(Collectors.joining("/"));
  }
}
