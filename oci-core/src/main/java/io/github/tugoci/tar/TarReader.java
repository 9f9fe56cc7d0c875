package io.github.tugoci.tar;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.LimitExceededException;
import io.github.tugoci.error.OciException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar's entries in order, within limits. All that is wrong with the archive is an {@link
 * InvalidContentException}; a failure of the stream below it comes through as it is.
 *
 * <pre>{@code
 * try (var tar = TarReader.openGzip(in, limits)) {
 *   for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
 *     tar.content().transferTo(...);
 *   }
 * }
 * }</pre>
 */
public final class TarReader implements AutoCloseable {
  /** The most bytes of headers, long names and PAX records between two contents. */
  private static final int MAX_HEADERS = 1 << 20;

  private static final int SKIPPED = 1 << 16;

  private final Source source;
  private final Meter meter;
  private final TarHeaderReader headers;
  private final TarLimits limits;
  private final InputStream content = new Content();
  private long remaining;
  private int padding;
  private long total;
  private int entries;

  private TarReader(Source source, InputStream unpacked, TarLimits limits) {
    this.source = source;
    this.limits = limits;
    this.meter = new Meter(unpacked);
    this.headers = new TarHeaderReader(meter, MAX_HEADERS);
  }

  /** Reads a plain tar. The stream is closed with the reader. */
  public static TarReader open(InputStream in, TarLimits limits) {
    var source = new Source(in);
    return new TarReader(source, new BufferedInputStream(source), limits);
  }

  /**
   * Reads a tar that is compressed by gzip. The stream is closed with the reader.
   *
   * @throws InvalidContentException if it isn't gzip's format
   */
  public static TarReader openGzip(InputStream in, TarLimits limits) throws IOException {
    var source = new Source(in);
    try {
      return new TarReader(
          source, new BufferedInputStream(new GZIPInputStream(source, 8192)), limits);
    } catch (IOException e) {
      throw source.blame(e);
    }
  }

  /**
   * Reads the next entry; the rest of the previous one is skipped.
   *
   * @throws LimitExceededException if the archive passes a limit
   * @throws InvalidContentException if it is damaged
   */
  public Optional<TarEntry> next() throws IOException {
    if (entries == limits.entries()) {
      throw new LimitExceededException(
          "the archive has more than " + limits.entries() + " entries");
    }
    Optional<TarEntry> found;
    try {
      skip();
      meter.allow(MAX_HEADERS);
      found = headers.next();
    } catch (IOException e) {
      throw source.blame(e);
    } catch (IllegalArgumentException e) {
      throw new InvalidContentException("the archive is damaged: " + e.getMessage(), e);
    }
    meter.allow(Long.MAX_VALUE);
    if (found.isPresent()) {
      entries++;
      remaining = found.get().size();
      padding = (int) (-remaining & (TarHeader.BLOCK - 1));
      check(found.get());
    }
    return found;
  }

  /** Goes behind the current content; what fills its last block may be missing at the end. */
  private void skip() throws IOException {
    while (remaining > 0) {
      long skipped = meter.skip(remaining);
      if (skipped <= 0) {
        if (meter.read() < 0) {
          throw new InvalidContentException("the archive ends in the middle of a file");
        }
        skipped = 1;
      }
      remaining -= skipped;
    }
    meter.readNBytes(padding);
    padding = 0;
  }

  private void check(TarEntry entry) throws InvalidContentException {
    if (entry.size() > limits.fileSize()) {
      throw new LimitExceededException(
          "%s in the archive has %d bytes, over the limit of %d"
              .formatted(entry.name(), entry.size(), limits.fileSize()));
    }
    if (entry.size() > limits.totalSize() - total) {
      throw new LimitExceededException(
          "the archive has more than " + limits.totalSize() + " bytes unpacked");
    }
    total += entry.size();
  }

  /** Where the current entry's bytes begin in the tar, which is not compressed then. */
  public long position() {
    return meter.passed;
  }

  /** The current entry's bytes, for as long as it is the current one; needn't be closed. */
  public InputStream content() {
    return content;
  }

  @Override
  public void close() throws IOException {
    meter.close();
  }

  /** Hands out the current entry's bytes and notices when the archive ends too early. */
  private final class Content extends InputStream {
    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, buffer.length);
      if (length == 0 || remaining == 0) {
        return length == 0 ? 0 : -1;
      }
      try {
        int read = meter.read(buffer, offset, (int) Math.min(length, remaining));
        if (read < 0) {
          throw new InvalidContentException("the archive ends in the middle of a file");
        }
        remaining -= read;
        return read;
      } catch (IOException e) {
        throw source.blame(e);
      }
    }
  }

  /** Stops a flood of headers, which would be collected in memory. */
  private static final class Meter extends FilterInputStream {
    private long left;
    private long passed;

    Meter(InputStream in) {
      super(in);
    }

    void allow(long bytes) {
      left = bytes < 0 ? Long.MAX_VALUE : bytes;
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      return read < 0 ? read : count(1) > 0 ? read : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      return read < 0 ? read : (int) count(read);
    }

    @Override
    public long skip(long n) throws IOException {
      return count(in.skip(n));
    }

    private long count(long bytes) throws InvalidContentException {
      passed += Math.max(0, bytes);
      left -= bytes;
      if (left < 0) {
        throw new InvalidContentException(
            "the archive has over " + MAX_HEADERS + " bytes of headers for one entry");
      }
      return bytes;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }

  /** Remembers its own failures, so that they can be told from those of the format. */
  private static final class Source extends FilterInputStream {
    private @Nullable IOException failure;

    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return in.read(buffer, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    /** By reading: what is below may hash or count what passes. */
    @Override
    public long skip(long n) throws IOException {
      var passed = new byte[(int) Math.min(SKIPPED, Math.max(0, n))];
      return Math.max(0, read(passed, 0, passed.length));
    }

    IOException blame(IOException e) {
      if (failure != null) {
        return failure;
      }
      return e instanceof OciException
          ? e
          : new InvalidContentException(
              "the archive is damaged: "
                  + (e instanceof EOFException ? "it ends too early" : e.getMessage()),
              e);
    }
  }
}
