package io.github.tugoci.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * The nine permission bits of files, where the file system has them. No bit that lets a program run
 * as somebody else is read or written.
 *
 * @param posix whether the file system has them
 * @param umask the bits that new files of this process don't get
 */
record FileModes(boolean posix, int umask) {
  private static final int ALL = 0777;
  private static final PosixFilePermission[] BITS = {
    PosixFilePermission.OWNER_READ,
    PosixFilePermission.OWNER_WRITE,
    PosixFilePermission.OWNER_EXECUTE,
    PosixFilePermission.GROUP_READ,
    PosixFilePermission.GROUP_WRITE,
    PosixFilePermission.GROUP_EXECUTE,
    PosixFilePermission.OTHERS_READ,
    PosixFilePermission.OTHERS_WRITE,
    PosixFilePermission.OTHERS_EXECUTE
  };

  /**
   * Finds the umask by making a file, as Java can't ask for it.
   *
   * @param directory where the file is made and deleted
   */
  static FileModes in(Path directory) throws IOException {
    if (!isPosix(directory)) {
      return new FileModes(false, 0);
    }
    var probe = directory.resolve("umask");
    Files.createFile(
        probe, PosixFilePermissions.asFileAttribute(EnumSet.allOf(PosixFilePermission.class)));
    int given = bits(Files.getPosixFilePermissions(probe));
    Files.delete(probe);
    return new FileModes(true, ALL & ~given);
  }

  /** The bits of a file or a directory; elsewhere, what most have. */
  static int of(Path file) throws IOException {
    var view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    return view == null
        ? Files.isDirectory(file) ? 0755 : 0644
        : bits(view.readAttributes().permissions());
  }

  private static int bits(Set<PosixFilePermission> permissions) {
    int bits = 0;
    for (var permission : BITS) {
      bits = (bits << 1) | (permissions.contains(permission) ? 1 : 0);
    }
    return bits;
  }

  /** The bits of an archive's entry, as a program that makes it would give them. */
  Set<PosixFilePermission> permissions(int mode) {
    var permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < BITS.length; i++) {
      if ((mode & ~umask & (0400 >> i)) != 0) {
        permissions.add(BITS[i]);
      }
    }
    return permissions;
  }

  /** The same for a directory that is still to be written into. */
  Set<PosixFilePermission> writable(int mode) {
    var permissions = permissions(mode);
    permissions.add(PosixFilePermission.OWNER_READ);
    permissions.add(PosixFilePermission.OWNER_WRITE);
    permissions.add(PosixFilePermission.OWNER_EXECUTE);
    return permissions;
  }

  /** Gives a file the bits of an archive's entry. */
  void apply(Path file, int mode) throws IOException {
    if (posix) {
      Files.setPosixFilePermissions(file, permissions(mode));
    }
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
