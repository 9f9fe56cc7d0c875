package io.github.tugoci.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A file that somebody named. What is small and read once may be a pipe too ({@code <(…)} of a
 * shell): one that nobody writes to isn't waited for without end, and a device that doesn't end
 * isn't read without end. What is read twice, or must have a size before it is read, is a regular
 * file.
 */
public final class InputFile {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Path NOTHING = Path.of("/dev/null");

  /** The type of a file among the bits of its mode (POSIX, {@code sys/stat.h}). */
  private static final int TYPE = 0xf000;

  static final int PIPE = 0x1000;
  static final int CHARACTER_DEVICE = 0x2000;
  private static final int SOCKET = 0xc000;

  private InputFile() {}

  /**
   * Opens a file or a pipe, to be read once; the caller closes it.
   *
   * @throws UnfitFileException if it is a directory or a socket, or no process writes to the pipe
   *     within ten seconds
   */
  public static InputStream open(Path file) throws IOException {
    return open(file, LONGEST_WAIT);
  }

  static InputStream open(Path file, Duration longestWait) throws IOException {
    var attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.isRegularFile()) {
      return Files.newInputStream(file);
    }
    if (attributes.isDirectory() || isSocket(file)) {
      throw unfit(file, attributes);
    }
    var opening = new FutureTask<InputStream>(() -> new PipeStream(FileChannel.open(file)));
    var thread = new Thread(opening, "opens " + file);
    thread.setDaemon(true);
    thread.start();
    try {
      return opening.get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new UnfitFileException(
          file,
          "no process writes to the pipe",
          "start the program that writes to it, or name a file");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while opening " + file);
    }
  }

  /**
   * Reads a file or a pipe.
   *
   * @param most at most so many bytes are read
   */
  public static byte[] read(Path file, int most) throws IOException {
    try (var in = open(file)) {
      return in.readNBytes(most);
    }
  }

  /**
   * Reads a file or a pipe to its end.
   *
   * @param limit the most bytes that it may have, whole MiB
   * @throws UnfitFileException if it has more
   */
  public static byte[] readAll(Path file, int limit) throws IOException {
    var bytes = read(file, limit + 1);
    if (bytes.length > limit) {
      throw new UnfitFileException(
          file, "larger than %d MiB".formatted(limit >> 20), "name a smaller file");
    }
    return bytes;
  }

  /**
   * Opens a regular file; the caller closes it.
   *
   * @throws UnfitFileException if it is none
   */
  public static InputStream openRegular(Path file) throws IOException {
    requireRegular(file);
    return Files.newInputStream(file);
  }

  /**
   * Checks that something is a regular file: who opens a pipe waits for a writer, and what was read
   * of it is gone. {@code /dev/null} counts as one that is empty.
   *
   * @throws UnfitFileException if it isn't
   */
  public static void requireRegular(Path file) throws IOException {
    var attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile() && !isNothing(file, attributes)) {
      throw unfit(file, attributes);
    }
  }

  private static boolean isNothing(Path file, BasicFileAttributes attributes) throws IOException {
    return attributes.isOther() && Files.exists(NOTHING) && Files.isSameFile(file, NOTHING);
  }

  static UnfitFileException unfit(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes.isDirectory()) {
      return new UnfitFileException(file, "a directory, not a file", "name a file in it");
    }
    return switch (type(file)) {
      case PIPE ->
          new UnfitFileException(
              file, "a pipe, not a file", "write what comes out of it to a file, and name that");
      case SOCKET -> new UnfitFileException(file, "a socket, not a file", "name a file");
      default -> new UnfitFileException(file, "a device, not a file", "name a file");
    };
  }

  private static boolean isSocket(Path file) throws IOException {
    return type(file) == SOCKET;
  }

  /** The type's bits; 0 where the system has no such types. */
  static int type(Path file) throws IOException {
    try {
      return Files.getAttribute(file, "unix:mode") instanceof Integer mode ? mode & TYPE : 0;
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return 0;
    }
  }
}
