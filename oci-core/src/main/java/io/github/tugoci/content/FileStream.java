package io.github.tugoci.content;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.file.InputFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file, read from its beginning; what is moved from it counts as read. It must have the size that
 * it had when it was looked at first, where that is known: what has another one has changed.
 */
final class FileStream extends FilterInputStream implements ZeroCopySource {
  private static final long UNKNOWN = -1;

  private final Path file;
  private final FileChannel channel;
  private final long size;

  FileStream(Path file) throws IOException {
    this(file, UNKNOWN);
  }

  FileStream(Path file, long size) throws IOException {
    this(file, open(file), size);
  }

  private FileStream(Path file, FileChannel channel, long size) {
    super(Channels.newInputStream(channel));
    this.file = file;
    this.channel = channel;
    this.size = size;
  }

  private static FileChannel open(Path file) throws IOException {
    InputFile.requireRegular(file);
    return FileChannel.open(file);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    long position = channel.position();
    if (size != UNKNOWN && (position > size || (read < 0 && position < size))) {
      throw changed(
          position > size
              ? "it has more than its %d bytes".formatted(size)
              : "it has %d bytes instead of %d".formatted(position, size),
          null);
    }
    return read;
  }

  @Override
  public long transferTo(WritableByteChannel target, long most) throws IOException {
    long position = channel.position();
    long moved = channel.transferTo(position, most, target);
    channel.position(position + moved);
    return moved;
  }

  /** The failure of a file that isn't what it was. */
  InvalidContentException changed(String fault, @Nullable Throwable e) {
    return new InvalidContentException(file + " changed while it was read: " + fault, e);
  }
}
