package io.github.tugoci.layout;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The lock of a layout's index, held by one thread of one process at a time. Only writers take it:
 * a reader sees the old index or the new one, whole.
 */
final class IndexLock {
  /**
   * The files that threads of this process hold. A lock on a file belongs to the whole process, and
   * closing any other channel on it lets it go (see {@link java.nio.channels.FileLock}), so threads
   * must not even open it twice.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private IndexLock() {}

  /** What is done under the lock. */
  @FunctionalInterface
  interface Change {
    void run() throws IOException;
  }

  /** Waits for the lock of a layout's directory and does something while it is held. */
  static void during(Path directory, Change change) throws IOException {
    var file = directory.toRealPath().resolve("index.json.lock");
    reserve(file);
    try (var channel = FileChannel.open(file, CREATE, WRITE, NOFOLLOW_LINKS)) {
      channel.lock();
      change.run();
    } catch (FileLockInterruptionException e) {
      throw interrupted();
    } finally {
      free(file);
    }
  }

  private static void reserve(Path file) throws InterruptedIOException {
    synchronized (HELD) {
      while (!HELD.add(file)) {
        try {
          HELD.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw interrupted();
        }
      }
    }
  }

  private static void free(Path file) {
    synchronized (HELD) {
      HELD.remove(file);
      HELD.notifyAll();
    }
  }

  private static InterruptedIOException interrupted() {
    return new InterruptedIOException("interrupted while waiting for a layout's lock");
  }
}
