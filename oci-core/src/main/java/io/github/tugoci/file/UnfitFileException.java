package io.github.tugoci.file;

import java.io.Serial;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * What somebody named isn't a file that can be used: a directory, a pipe or a device where only a
 * file will do, or one that doesn't end.
 */
public final class UnfitFileException extends FileSystemException {
  @Serial private static final long serialVersionUID = 1L;

  private final String hint;

  UnfitFileException(Path file, String reason, String hint) {
    super(file.toString(), null, reason);
    this.hint = hint;
  }

  /** What to do about it. */
  public String hint() {
    return hint;
  }
}
