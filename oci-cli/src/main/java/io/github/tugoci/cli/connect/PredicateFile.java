package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.file.InputFile;
import io.github.tugoci.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file with what an attestation says. */
public final class PredicateFile {
  /** More than the library takes, which says so then. */
  private static final int MOST = 12 << 20;

  private PredicateFile() {}

  /** Reads it, and a byte more than is allowed at most: the file may be a device without end. */
  public static Bytes read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new InvalidInputException(
          "invalid predicate " + file + ": a directory", "name the file with the predicate");
    }
    return Bytes.of(InputFile.read(file, MOST + 1));
  }
}
