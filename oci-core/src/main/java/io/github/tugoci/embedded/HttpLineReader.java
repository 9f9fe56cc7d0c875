package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads the lines of HTTP's headers and chunk sizes. */
final class HttpLineReader {
  private HttpLineReader() {}

  /** What came breaks HTTP's grammar, but the connection can still carry an error response. */
  static class MalformedException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  /** The line is longer than allowed. */
  static final class TooLongException extends MalformedException {
    private static final long serialVersionUID = 1L;

    TooLongException() {
      super("a line is too long");
    }
  }

  /** Reads a line that ends with CRLF or LF, without that end. */
  static String read(InputStream in, int limit) throws IOException {
    var line = new ByteArrayOutputStream(128);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection ends within a line");
      }
      if (line.size() >= limit) {
        throw new TooLongException();
      }
      line.write(c);
    }
    var text = line.toString(ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
