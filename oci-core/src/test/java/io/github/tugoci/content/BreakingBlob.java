package io.github.tugoci.content;

import io.github.tugoci.model.Bytes;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body whose disk fails after 1000 bytes. */
record BreakingBlob(Bytes content) implements Blob {
  @Override
  public long size() {
    return content.size();
  }

  @Override
  public InputStream open() {
    return new FilterInputStream(content.open()) {
      private int left = 1000;

      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0) {
          throw new IOException("the disk is on fire");
        }
        int read = super.read(buffer, offset, Math.min(length, left));
        left -= read;
        return read;
      }
    };
  }
}
