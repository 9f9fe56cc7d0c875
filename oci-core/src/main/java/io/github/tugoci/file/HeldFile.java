package io.github.tugoci.file;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A temporary file that this process holds by a lock. The lock ends with the process, however that
 * ends: whoever finds such a file and gets its lock knows that it is left over, in another
 * container too, where a process's number says nothing.
 */
final class HeldFile implements AutoCloseable {
  /**
   * The files that are held in this process. A lock belongs to the whole process, and closing any
   * other channel on its file lets it go, so a file must not even be opened twice.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path path;
  private final Path key;
  private final FileChannel channel;
  private boolean moved;

  private HeldFile(Path path, Path key, FileChannel channel) {
    this.path = path;
    this.key = key;
    this.channel = channel;
  }

  /**
   * Makes a file.
   *
   * @throws FileAlreadyExistsException if something has the name, whatever it is
   */
  static HeldFile create(Path path) throws IOException {
    return open(path, true).orElseThrow(() -> new FileAlreadyExistsException(path.toString()));
  }

  /**
   * Takes over a file that a dead process of the same user left; empty if there is none, it is in
   * use, or it may be somebody else's, who could still write to it.
   */
  static Optional<HeldFile> claim(Path path) throws IOException {
    try {
      return isLeftover(path) ? open(path, false) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static boolean isLeftover(Path path) throws IOException {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || !FileOwner.isOwn(path)) {
      return false;
    }
    // A second name of one of the user's other files would be written through.
    return !path.getFileSystem().supportedFileAttributeViews().contains("unix")
        || Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS).equals(1);
  }

  private static Optional<HeldFile> open(Path path, boolean isNew) throws IOException {
    var key =
        requireNonNull(path.toAbsolutePath().getParent()).toRealPath().resolve(path.getFileName());
    synchronized (HELD) {
      if (!HELD.add(key)) {
        return Optional.empty();
      }
    }
    FileChannel channel = null;
    boolean held = false;
    try {
      var before = isNew ? null : fileKey(path);
      channel =
          isNew
              ? FileChannel.open(path, CREATE_NEW, READ, WRITE)
              : FileChannel.open(path, READ, WRITE, LinkOption.NOFOLLOW_LINKS);
      if (isNew) {
        before = fileKey(path);
      }
      // Before the lock another process may have held it, and moved or deleted it.
      held = lock(channel, isNew) && Objects.equals(before, fileKey(path));
      return held ? Optional.of(new HeldFile(path, key, channel)) : Optional.empty();
    } finally {
      if (!held) {
        if (channel != null) {
          channel.close();
        }
        release(key);
      }
    }
  }

  /** Some network file systems know no locks: a new file does without, and nobody takes it over. */
  private static boolean lock(FileChannel channel, boolean isNew) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      if (!channel.isOpen()) {
        throw e; // interrupted
      }
      return isNew;
    }
  }

  private static @Nullable Object fileKey(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  private static void release(Path key) {
    synchronized (HELD) {
      HELD.remove(key);
    }
  }

  FileChannel channel() {
    return channel;
  }

  /** Its bytes up to a number of them, to be read while more are written behind. */
  FilePart beginning(long size) {
    return new FilePart(channel, 0, size);
  }

  /** Forces it to the disk and gives it its name; a file of that name is replaced. */
  void moveTo(Path target) throws IOException {
    channel.force(true);
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    moved = true;
  }

  /** Deletes it, unless it was moved, and lets it go. */
  @Override
  public void close() throws IOException {
    try (channel) {
      if (!moved) {
        Files.deleteIfExists(path);
      }
    } finally {
      release(key);
    }
  }
}
