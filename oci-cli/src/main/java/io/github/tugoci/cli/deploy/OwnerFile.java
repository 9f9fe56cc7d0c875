package io.github.tugoci.cli.deploy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files beside the policy that their owner alone reads and writes, from the beginning. */
final class OwnerFile {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  private OwnerFile() {}

  /**
   * Makes the file, empty, if it isn't there; takes the rights of others away if it is.
   *
   * @throws NoSuchFileException if its folder isn't there
   */
  static Path prepare(Path file) throws IOException {
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER));
    } catch (FileAlreadyExistsException e) {
      restrict(file);
    } catch (UnsupportedOperationException e) {
      // permissions of another kind; whoever opens it makes it
    }
    return file;
  }

  private static void restrict(Path file) {
    try {
      Files.setPosixFilePermissions(file, OWNER);
    } catch (IOException | UnsupportedOperationException e) {
      // Somebody else's: whether it can be written shows when it is opened.
    }
  }
}
