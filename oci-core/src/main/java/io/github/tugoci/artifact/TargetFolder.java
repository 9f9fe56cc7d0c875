package io.github.tugoci.artifact;

import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder into which files are moved. Below it no link is followed, not even one that another
 * process puts there between a look and a move: where the system can, each folder on the way is
 * held open and asked for the next by its name.
 */
final class TargetFolder implements AutoCloseable {
  private final Path folder;
  private final Path scratch;
  private final DirectoryStream<Path> root;
  private final DirectoryStream<Path> source;
  private int spares;

  private TargetFolder(
      Path folder, Path scratch, DirectoryStream<Path> root, DirectoryStream<Path> source) {
    this.folder = folder;
    this.scratch = scratch;
    this.root = root;
    this.source = source;
  }

  /**
   * Opens a folder; if it is itself behind a link, that is its user's choice.
   *
   * @param scratch a folder in it that no other user may write to
   */
  @SuppressWarnings("StreamResourceLeak") // close() closes both
  static TargetFolder open(Path folder, Path scratch) throws IOException {
    var root = Files.newDirectoryStream(folder);
    try {
      return new TargetFolder(folder, scratch, root, Files.newDirectoryStream(scratch));
    } catch (IOException e) {
      root.close();
      throw e;
    }
  }

  /**
   * Makes a folder and those above it where they aren't there.
   *
   * @param permissions of a new one; null for what new ones have
   * @return whether it is new
   * @throws FileSystemException if something else is in the way
   */
  boolean makeDirectory(String path, @Nullable Set<PosixFilePermission> permissions)
      throws IOException {
    if (path.isEmpty()) {
      return false;
    }
    var parent = parent(path);
    makeDirectory(parent, null);
    if (root instanceof SecureDirectoryStream<Path> secure) {
      try (var above = descend(secure, parent)) {
        if (exists(above, path)) {
          return false;
        }
        // There is no call that makes a folder in an open one; one can be moved there.
        var spare = Files.createDirectory(scratch.resolve("spare-" + spares++));
        if (permissions != null) {
          Files.setPosixFilePermissions(spare, permissions);
        }
        move(spare, above, path);
        return true;
      }
    }
    var place = FileName.resolve(folder, path);
    if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Files.createDirectory(place);
    return true;
  }

  /** Moves a file or a link to its place, in a folder that is there. */
  void move(Path staged, String path, boolean overwrite) throws IOException {
    if (root instanceof SecureDirectoryStream<Path> secure) {
      try (var above = descend(secure, parent(path))) {
        if (!overwrite && exists(above, path)) {
          throw new FileAlreadyExistsException(FileName.resolve(folder, path).toString());
        }
        move(staged, above, path);
      }
    } else if (overwrite) {
      Files.move(staged, FileName.resolve(folder, path), StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.move(staged, FileName.resolve(folder, path));
    }
  }

  /** Gives a folder these permissions. */
  void permit(String path, Set<PosixFilePermission> permissions) throws IOException {
    if (root instanceof SecureDirectoryStream<Path> secure) {
      try (var directory = descend(secure, path)) {
        directory.getFileAttributeView(PosixFileAttributeView.class).setPermissions(permissions);
      }
    } else {
      Files.setPosixFilePermissions(FileName.resolve(folder, path), permissions);
    }
  }

  private void move(Path staged, SecureDirectoryStream<Path> above, String path)
      throws IOException {
    if (!(source instanceof SecureDirectoryStream<Path> from)) {
      throw new AtomicMoveNotSupportedException(staged.toString(), path, "other file system");
    }
    from.move(staged.toAbsolutePath(), above, FileName.path(name(path)));
  }

  private static boolean exists(SecureDirectoryStream<Path> above, String path) throws IOException {
    try {
      var name = FileName.path(name(path));
      above
          .getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .readAttributes();
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Opens a folder below this one, by one name after the other. */
  private SecureDirectoryStream<Path> descend(SecureDirectoryStream<Path> from, String path)
      throws IOException {
    var at = from.newDirectoryStream(Path.of("."));
    if (path.isEmpty()) {
      return at;
    }
    for (var element : path.split("/", -1)) {
      try (var above = at) {
        at = above.newDirectoryStream(FileName.path(element), LinkOption.NOFOLLOW_LINKS);
      } catch (NoSuchFileException | AccessDeniedException e) {
        throw e;
      } catch (FileSystemException e) {
        var refused =
            new FileSystemException(
                FileName.resolve(folder, path).toString(),
                null,
                "not a directory: \"" + element + "\"");
        refused.initCause(e);
        throw refused;
      }
    }
    return at;
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public void close() throws IOException {
    try (root;
        source) {
      // both
    }
  }
}
