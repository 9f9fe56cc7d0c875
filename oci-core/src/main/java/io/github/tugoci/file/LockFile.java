package io.github.tugoci.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A lock that other processes and threads respect, on a file of its own. The lock ends with the
 * process, however that ends; the file stays, because removing it would let two hold different
 * locks.
 */
public final class LockFile implements AutoCloseable {
  private static final int POLL_MILLIS = 10;

  private final FileChannel channel;

  private LockFile(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for a lock.
   *
   * @param file the file, which is made, for its owner alone, if it doesn't exist; a link isn't
   *     followed
   * @param limit how long to wait
   * @return the lock; empty if somebody else held it for all that time
   * @throws InterruptedIOException if the thread is interrupted while it waits
   */
  public static Optional<LockFile> take(Path file, Duration limit) throws IOException {
    var options =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    var channel = FileChannel.open(file, options, forOwner(file, "rw-------"));
    boolean taken = false;
    try {
      taken = await(channel, System.nanoTime() + limit.toNanos());
      return taken ? Optional.of(new LockFile(channel)) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + file);
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  private static boolean await(FileChannel channel, long deadline)
      throws IOException, InterruptedException {
    while (!tryLock(channel)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Another thread of this process has it.
      return false;
    }
  }

  /** The attributes of a new file or directory with these permissions, where there are such. */
  public static FileAttribute<?>[] forOwner(Path file, String permissions) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Gives the lock back. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
