package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.FailedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps others from deploying by the same policy. The file stays; the lock ends with the process,
 * come what may.
 *
 * @param channel the locked file
 */
record DeployLock(FileChannel channel) implements AutoCloseable {
  private static final long PAUSE_MILLIS = 200;

  /**
   * Takes the lock.
   *
   * @throws FailedException if another deployment holds it for longer than that
   */
  static DeployLock take(Path file, Duration wait) throws IOException {
    var channel =
        FileChannel.open(
            OwnerFile.prepare(file),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try {
      long deadline = System.nanoTime() + wait.toNanos();
      while (tryLock(channel) == null) {
        if (System.nanoTime() > deadline) {
          throw new FailedException(
              ExitCode.FAILED,
              "another deployment is running: it holds " + file,
              List.of("waited " + GoDuration.format(wait)),
              "deploy again when it is done; the policy's lockTimeout says how long to wait");
        }
        Thread.sleep(PAUSE_MILLIS);
      }
      return new DeployLock(channel);
    } catch (InterruptedException e) {
      channel.close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + file);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held in this very process.
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
