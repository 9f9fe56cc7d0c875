package io.github.tugoci.cli.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A file that is named on the command line. It may be a pipe ({@code <(…)} of a shell), which can
 * only be opened when somebody writes to it: that is not waited for without end.
 */
public final class InputFile {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private InputFile() {}

  /**
   * Opens a file or a pipe.
   *
   * @throws InvalidInputException if no process writes to the pipe within ten seconds
   */
  public static InputStream open(Path file) throws IOException {
    return open(file, LONGEST_WAIT);
  }

  static InputStream open(Path file, Duration longestWait) throws IOException {
    if (!Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
      return Files.newInputStream(file);
    }
    var opening = new FutureTask<InputStream>(() -> Files.newInputStream(file));
    var thread = new Thread(opening, "opens " + file);
    thread.setDaemon(true);
    thread.start();
    try {
      return opening.get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new InvalidInputException(
          "cannot read %s: no process writes to the pipe".formatted(file),
          "start the program that writes to it, or name a file",
          e);
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
}
