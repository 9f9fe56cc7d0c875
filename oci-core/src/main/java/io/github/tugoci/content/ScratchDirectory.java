package io.github.tugoci.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A directory for what isn't whole yet, beside the place where it will go, so that it can be
 * renamed. It goes away with all that is left in it.
 *
 * @param path where it is
 */
public record ScratchDirectory(Path path) implements AutoCloseable {
  /**
   * A new one.
   *
   * @param directory the directory that it is made in, which must exist
   */
  public static ScratchDirectory in(Path directory) throws IOException {
    return new ScratchDirectory(Files.createTempDirectory(directory, ".tug-"));
  }

  @Override
  public void close() throws IOException {
    try (var files = Files.walk(path)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
