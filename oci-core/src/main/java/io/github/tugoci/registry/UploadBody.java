package io.github.tugoci.registry;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way to a registry that remembers whether reading it failed: an HTTP client reports
 * that as a broken connection, and it would be sought on the wrong side and retried.
 */
final class UploadBody implements Blob {
  private final Blob body;
  private volatile @Nullable IOException failure;

  UploadBody(Blob body) {
    this.body = body;
  }

  /** Why the body couldn't be read, or null. */
  @Nullable IOException failure() {
    return failure;
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

  /** A part of the body, as a body. */
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
      var in = body.open();
      try {
        in.skipNBytes(from);
      } catch (IOException e) {
        in.close();
        throw e;
      }
      return new Watched(in, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /**
   * Ends after a length, and looks past it at the body's end so that a verifying stream verifies.
   */
  private final class Watched extends FilterInputStream {
    private long left;

    private Watched(InputStream in, long length) {
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
      if (left == 0) {
        return -1;
      }
      try {
        int read = in.read(buffer, offset, (int) Math.min(length, left));
        left -= Math.max(read, 0);
        return read;
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }
}
