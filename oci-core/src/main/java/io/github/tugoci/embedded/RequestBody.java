package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A request's body, with a length or in chunks (RFC 9112, section 6 and 7), or as another server
 * has decoded it. It is read once.
 */
final class RequestBody extends InputStream {
  private static final Pattern CHUNK_HEAD = Pattern.compile("([0-9A-Fa-f]{1,15})[ \t]*(?:;.*)?");
  private static final int MAX_LINE = 4096;

  private final InputStream in;
  private final Framing framing;
  private final long length;
  private long left;
  private long count;
  private boolean finished;
  private boolean broken;
  private OutputStream continueTo = OutputStream.nullOutputStream();
  private boolean expected;

  private enum Framing {
    LENGTH,
    CHUNKS,
    END
  }

  private RequestBody(InputStream in, Framing framing, long length) {
    this.in = in;
    this.framing = framing;
    this.length = length;
    this.left =
        switch (framing) {
          case LENGTH -> length;
          case CHUNKS -> 0;
          case END -> Long.MAX_VALUE;
        };
    this.finished = framing == Framing.LENGTH && length == 0;
  }

  static RequestBody ofLength(InputStream in, long length) {
    return new RequestBody(in, Framing.LENGTH, length);
  }

  static RequestBody inChunks(InputStream in) {
    return new RequestBody(in, Framing.CHUNKS, -1);
  }

  /** A body that ends where the stream does. */
  static RequestBody toEnd(InputStream in) {
    return new RequestBody(in, Framing.END, -1);
  }

  /** The client waits with the body until it is told to go on (RFC 9110, section 10.1.1). */
  void expectContinue(OutputStream out) {
    continueTo = out;
    expected = true;
  }

  /** The length that the head gives; -1 if it gives none. */
  long length() {
    return length;
  }

  /** How much was read. */
  long count() {
    return count;
  }

  /** Whether it was read to its end. */
  boolean finished() {
    return finished;
  }

  /** Whether the client still waits for a word before it sends the body. */
  boolean awaitingContinue() {
    return expected;
  }

  /** Whether reading failed because of the client, not because of the registry's disk. */
  boolean broken() {
    return broken;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int size) throws IOException {
    Objects.checkFromIndexSize(offset, size, buffer.length);
    if (finished || size == 0) {
      return finished ? -1 : 0;
    }
    broken = true;
    int read = readOn(buffer, offset, size);
    broken = false;
    return read;
  }

  private int readOn(byte[] buffer, int offset, int size) throws IOException {
    if (expected) {
      expected = false;
      continueTo.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII));
      continueTo.flush();
    }
    if (left == 0) {
      nextChunk();
      if (finished) {
        return -1;
      }
    }
    int read = in.read(buffer, offset, (int) Math.min(size, left));
    if (read < 0 && framing == Framing.END) {
      finished = true;
      return -1;
    }
    if (read < 0) {
      throw new EOFException("the body ends after " + count + " bytes");
    }
    left -= read;
    count += read;
    if (left == 0) {
      if (framing == Framing.LENGTH) {
        finished = true;
      } else if (!HttpLineReader.read(in, MAX_LINE).isEmpty()) {
        throw new HttpLineReader.MalformedException("a chunk is longer than its size line");
      }
    }
    return read;
  }

  private void nextChunk() throws IOException {
    var head = CHUNK_HEAD.matcher(HttpLineReader.read(in, MAX_LINE));
    if (!head.matches()) {
      throw new HttpLineReader.MalformedException("a chunk has no size");
    }
    left = Long.parseLong(head.group(1), 16);
    if (left == 0) {
      int trailers = 0;
      while (!HttpLineReader.read(in, MAX_LINE).isEmpty()) {
        if (++trailers > 100) {
          throw new HttpLineReader.MalformedException("too many trailers");
        }
      }
      finished = true;
    }
  }
}
