package io.github.tugoci.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** A file, read from its beginning; what is moved from it counts as read. */
final class FileStream extends FilterInputStream implements ZeroCopySource {
  private final FileChannel channel;

  FileStream(Path file) throws IOException {
    this(FileChannel.open(file));
  }

  private FileStream(FileChannel channel) {
    super(Channels.newInputStream(channel));
    this.channel = channel;
  }

  @Override
  public long transferTo(WritableByteChannel target, long most) throws IOException {
    long position = channel.position();
    long moved = channel.transferTo(position, most, target);
    channel.position(position + moved);
    return moved;
  }
}
