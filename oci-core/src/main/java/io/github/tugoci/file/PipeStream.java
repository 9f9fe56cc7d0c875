package io.github.tugoci.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * What comes out of a pipe, a terminal or a device. It may be waited for, so it is read by a
 * channel: a thread that waits at one can be interrupted, at a plain stream it can't.
 */
public final class PipeStream extends InputStream {
  private final ReadableByteChannel channel;

  /** Reads a channel, which is closed with the stream. */
  public PipeStream(ReadableByteChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    return length == 0 ? 0 : channel.read(ByteBuffer.wrap(buffer, offset, length));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
