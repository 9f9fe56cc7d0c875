package io.github.tugoci.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * Whether files belong to the user that this process runs as. In a directory that others may write
 * to, they can put a file under a name that this program will look for; what isn't the user's own
 * is then neither read as a cache nor written to nor deleted.
 */
public final class FileOwner {
  private static final Path PROCESS = Path.of("/proc/self");
  private static final Set<PosixFilePermission> WRITE_OF_OTHERS =
      PosixFilePermissions.fromString("----w--w-");

  private FileOwner() {}

  /** Whether it is the user's own; a link isn't followed. Unknown is no. */
  public static boolean isOwn(Path file) {
    try {
      return Files.exists(PROCESS)
          ? uid(file) == uid(PROCESS)
          : ProcessHandle.current()
              .info()
              .user()
              .equals(Optional.of(Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName()));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Whether others than the owner may write to it; no where permissions are of another kind. */
  public static boolean othersMayWrite(Path file) {
    try {
      return !Collections.disjoint(Files.getPosixFilePermissions(file), WRITE_OF_OTHERS);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static int uid(Path file) throws IOException {
    var options =
        file.equals(PROCESS) ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
    return (int) Files.getAttribute(file, "unix:uid", options);
  }
}
