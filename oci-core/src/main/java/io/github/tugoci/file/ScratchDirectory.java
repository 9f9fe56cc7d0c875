package io.github.tugoci.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A directory for what isn't whole yet. It goes away with all that is left in it.
 *
 * @param path where it is
 */
public record ScratchDirectory(Path path) implements AutoCloseable {
  /** Makes one beside the place where its content will go, so that it can be renamed. */
  public static ScratchDirectory in(Path directory) throws IOException {
    return new ScratchDirectory(Files.createTempDirectory(directory, ".tug-"));
  }

  /** Makes one where the system has its temporary files. */
  public static ScratchDirectory temporary() throws IOException {
    return new ScratchDirectory(Files.createTempDirectory("tug-"));
  }

  /** Deletes it; links are not followed. */
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
