package io.github.tugoci.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Standard input as a channel: unlike at {@code System.in}, a thread that waits there ends when it
 * is interrupted. It is opened by its first reader, as most commands have none.
 */
final class StandardInput implements ReadableByteChannel {
  private @Nullable FileChannel channel;

  @Override
  public int read(ByteBuffer buffer) throws IOException {
    if (channel == null) {
      channel = new FileInputStream(FileDescriptor.in).getChannel();
    }
    return channel.read(buffer);
  }

  @Override
  public boolean isOpen() {
    return channel == null || channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
