package io.github.tugoci.cli.image;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.image.Layer;
import io.github.tugoci.reference.Location;
import io.github.tugoci.text.FileName;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A layer as a person writes it: {@code DIR|TAR|JAR[:PATH]}.
 *
 * @param path the directory, tar or jar
 * @param below where it goes in the image, or null
 */
record LayerArgument(Path path, @Nullable String below) {
  private static final String ROOT = "/";
  private static final String JARS = "/app";

  static LayerArgument parse(String text) {
    int colon = text.lastIndexOf(":/");
    // On Windows, C:/ is a drive.
    boolean drive = File.separatorChar == '\\' && colon == 1 && Character.isLetter(text.charAt(0));
    boolean split = colon > 0 && !drive;
    try {
      return new LayerArgument(
          FileName.path(split ? text.substring(0, colon) : text),
          split ? text.substring(colon + 1) : null);
    } catch (InvalidPathException e) {
      throw InvalidInputException.ofPath(text, e);
    }
  }

  /** The layer, whose kind follows from what is there. */
  Layer layer() throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    try {
      if (Files.isDirectory(path)) {
        return Layer.ofDirectory(path, below == null ? ROOT : below);
      }
      if (path.toString().toLowerCase(Locale.ROOT).endsWith(".jar")) {
        return Layer.ofFile(path, below == null ? JARS : below);
      }
    } catch (IllegalArgumentException e) {
      throw InvalidInputException.of(e, null);
    }
    if (below != null) {
      throw new InvalidInputException(
          "layer %s: a tar is used as it is, its files can't go to %s".formatted(path, below),
          "leave \":" + below + "\" out, or put the file in a directory and give that");
    }
    return Layer.ofTar(path);
  }

  /** Refuses a directory that the image would be written into: it would contain itself. */
  void checkOutside(Location target) {
    if (target instanceof Location.OnDisk disk && Files.isDirectory(path)) {
      var from = path.toAbsolutePath().normalize();
      var to = disk.path().toAbsolutePath().normalize();
      if (to.startsWith(from) || from.startsWith(to)) {
        throw new InvalidInputException(
            "layer %s and target %s contain one another".formatted(path, target),
            "write the image somewhere else");
      }
    }
  }
}
