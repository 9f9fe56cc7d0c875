package io.github.tugoci.tar;

import java.time.Instant;

/**
 * The header of a tar entry. A reader's entry is as the archive has it: names are not to be trusted
 * as paths.
 *
 * @param name the path, with slashes
 * @param type what it is
 * @param size the content's size in bytes; 0 for all but files
 * @param mode the permission bits
 * @param uid the owner's number
 * @param gid the group's number
 * @param modified when it was changed last
 * @param linkName where a link points, else empty
 */
public record TarEntry(
    String name,
    Type type,
    long size,
    int mode,
    long uid,
    long gid,
    Instant modified,
    String linkName) {

  /** The kinds of entries, as far as they matter here. */
  public enum Type {
    /** A regular file. */
    FILE('0'),
    /** Another name of a file that came before. */
    HARD_LINK('1'),
    /** A symbolic link. */
    SYMBOLIC_LINK('2'),
    /** A directory. */
    DIRECTORY('5'),
    /** A device or a pipe; can't be written. */
    OTHER('?');

    private final char flag;

    Type(char flag) {
      this.flag = flag;
    }

    char flag() {
      return flag;
    }
  }

  /** Checks that only a file has a size. */
  public TarEntry {
    if (size < 0 || (size > 0 && type != Type.FILE && type != Type.OTHER)) {
      throw new IllegalArgumentException("invalid size of " + type + ": " + size + " bytes");
    }
  }

  /** A regular file of the superuser's with mode 0644. */
  public static TarEntry file(String name, long size, Instant modified) {
    return new TarEntry(name, Type.FILE, size, 0644, 0, 0, modified, "");
  }

  /** A directory of the superuser's with mode 0755. */
  public static TarEntry directory(String name, Instant modified) {
    return new TarEntry(
        name.endsWith("/") ? name : name + "/", Type.DIRECTORY, 0, 0755, 0, 0, modified, "");
  }

  /** A symbolic link of the superuser's with mode 0777. */
  public static TarEntry symbolicLink(String name, String target, Instant modified) {
    return new TarEntry(name, Type.SYMBOLIC_LINK, 0, 0777, 0, 0, modified, target);
  }

  /** The same entry with other permission bits. */
  public TarEntry withMode(int newMode) {
    return new TarEntry(name, type, size, newMode, uid, gid, modified, linkName);
  }

  /** The same entry with another owner and group. */
  public TarEntry withOwner(long newUid, long newGid) {
    return new TarEntry(name, type, size, mode, newUid, newGid, modified, linkName);
  }
}
