package io.github.tugoci.registry;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.LocalSource;
import io.github.tugoci.content.VerifyingInputStream;
import io.github.tugoci.content.ZeroCopySource;
import io.github.tugoci.error.InvalidContentException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way to a registry that remembers whether reading it failed: an HTTP client reports
 * that as a broken connection, and it would be sought on the wrong side and retried.
 *
 * <p>What is on this machine and large is sent without being hashed, as crane and oras do: the
 * registry hashes it and refuses what is wrong ({@code PUT …?digest=}, distribution-spec), and
 * {@link #verify} then says whose fault that is. What is small is hashed, which costs little: so
 * even a registry that takes anything gets no wrong configuration, chart or signature. A large blob
 * that such a registry took under a wrong digest is refused by whoever pulls it.
 */
final class UploadBody implements Blob, AutoCloseable {
  /** Bytes from which on a body isn't hashed: to hash fewer takes some milliseconds. */
  static final long LARGE = 1 << 20;

  private final Blob body;
  private final boolean unhashed;
  private volatile @Nullable IOException failure;
  private @Nullable InputStream stream;
  private long position;
  private boolean moveFailed;

  UploadBody(Blob body) {
    this.body = body;
    this.unhashed = body.size() >= LARGE && body.origin().filter(LocalSource::isLocal).isPresent();
  }

  /** Why the body couldn't be read, or null. */
  @Nullable IOException failure() {
    return failure;
  }

  /**
   * Reads the body if it was sent without being hashed.
   *
   * @throws IOException if it isn't what it should be
   */
  void verify() throws IOException {
    if (unhashed) {
      try (var in = body.open()) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  @Override
  public long size() {
    return body.size();
  }

  @Override
  public Optional<ContentSource> origin() {
    return body.origin();
  }

  @Override
  public InputStream open() throws IOException {
    return open(0, size());
  }

  /**
   * A part of the body, as a body. Parts that follow one another are read from one stream: opened
   * anew, each would read again what is before it.
   */
  Blob slice(long from, long length) {
    return new Blob() {
      @Override
      public long size() {
        return length;
      }

      @Override
      public InputStream open() throws IOException {
        return UploadBody.this.open(from, length);
      }
    };
  }

  private InputStream open(long from, long length) throws IOException {
    try {
      if (stream == null || position != from) {
        close();
        stream = openWhole();
        stream.skipNBytes(from);
        position = from;
      }
      return new Part(stream, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  private InputStream openWhole() throws IOException {
    var in = body.open();
    return unhashed && in instanceof VerifyingInputStream verifying ? verifying.unhashed() : in;
  }

  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
      stream = null;
    }
  }

  /** Ends after a length, and leaves the stream open for what follows. */
  private final class Part extends FilterInputStream implements ZeroCopySource {
    private long left;

    private Part(InputStream in, long length) {
      super(in);
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        if (left == 0) {
          checkEnd();
          return -1;
        }
        int read = in.read(buffer, offset, (int) Math.min(length, left));
        moved(Math.max(read, 0));
        return read;
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    /**
     * Either side may be why it fails: what is sent again is read, and then it is known for sure.
     */
    @Override
    public long transferTo(WritableByteChannel target, long most) throws IOException {
      if (moveFailed) {
        return 0;
      }
      moveFailed = true;
      long bytes = ZeroCopySource.transfer(in, target, Math.min(most, left));
      moveFailed = false;
      moved(bytes);
      return bytes;
    }

    /** A body that is longer than it should be isn't cut to what was expected. */
    private void checkEnd() throws IOException {
      if (position == size() && in.read() >= 0) {
        throw new InvalidContentException("the body has more than its " + size() + " bytes");
      }
    }

    private void moved(long bytes) {
      left -= bytes;
      position += bytes;
    }

    @Override
    public void close() {
      // the body closes it
    }
  }
}
