package io.github.tugoci.cli.shell;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Standard output. A print stream swallows what fails; this one keeps the first failure, writes
 * nothing after it, and so lets the command end with it: a file that was cut isn't taken for whole.
 */
public final class StandardOutput extends PrintStream {
  private static final int BUFFER = 8192;

  private final Sink sink;
  private final OutputStream buffer;

  /** Text in UTF-8, buffered. */
  public StandardOutput(OutputStream out) {
    this(new Sink(out));
  }

  private StandardOutput(Sink sink) {
    this(sink, new BufferedOutputStream(sink, BUFFER));
  }

  private StandardOutput(Sink sink, OutputStream buffer) {
    super(buffer, false, StandardCharsets.UTF_8);
    this.sink = sink;
    this.buffer = buffer;
  }

  /**
   * The same stream for what moves much: each writing throws what {@link #failure} gives, so that
   * nothing more is fetched in vain.
   */
  OutputStream throwing() {
    return buffer;
  }

  /** The first failure so far, of what was flushed; null if there was none. */
  public @Nullable IOException failure() {
    return sink.failure;
  }

  /**
   * Whether a failure says that nobody reads any more, as behind {@code tug … | head -1}: a program
   * in C ends without a word then. Java knows it only by the system's words.
   */
  public static boolean isClosedPipe(IOException failure) {
    var cause = failure.getCause();
    var words = cause == null ? null : cause.getMessage();
    return words != null && words.toLowerCase(Locale.ROOT).contains("pipe");
  }

  /** Where the bytes go, until that fails. */
  private static final class Sink extends OutputStream {
    private final OutputStream out;
    private volatile @Nullable IOException failure;

    Sink(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      throwFailure();
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw fail(e);
      }
    }

    @Override
    public void flush() throws IOException {
      throwFailure();
      try {
        out.flush();
      } catch (IOException e) {
        throw fail(e);
      }
    }

    private void throwFailure() throws IOException {
      var first = failure;
      if (first != null) {
        throw first;
      }
    }

    private IOException fail(IOException e) {
      var words = e.getMessage();
      var first =
          new IOException(
              "standard output can't be written: "
                  + (words == null ? e.getClass().getSimpleName() : words),
              e);
      failure = first;
      return first;
    }
  }
}
