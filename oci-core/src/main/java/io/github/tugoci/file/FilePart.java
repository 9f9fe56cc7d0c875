package io.github.tugoci.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/**
 * A part of a file that is open. Its streams leave the channel's position and the channel alone.
 *
 * @param channel the file's
 * @param offset where the part begins
 * @param size how long it is
 */
public record FilePart(FileChannel channel, long offset, long size) {
  /** A part of this part. */
  public FilePart part(long from, long length) {
    return new FilePart(channel, offset + from, Math.min(length, size - from));
  }

  /** Opens it from its beginning; needs no closing. */
  public InputStream open() {
    return new InputStream() {
      private long position;

      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int start, int length) throws IOException {
        Objects.checkFromIndexSize(start, length, buffer.length);
        int wanted = (int) Math.min(length, size - position);
        if (wanted <= 0) {
          return length == 0 ? 0 : -1;
        }
        int read = channel.read(ByteBuffer.wrap(buffer, start, wanted), offset + position);
        position += Math.max(0, read);
        return read;
      }

      @Override
      public long skip(long count) {
        long skipped = Math.max(0, Math.min(count, size - position));
        position += skipped;
        return skipped;
      }
    };
  }
}
