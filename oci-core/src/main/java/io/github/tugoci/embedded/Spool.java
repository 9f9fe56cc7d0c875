package io.github.tugoci.embedded;

import io.github.tugoci.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A buffer for received content: in memory while it is small, then in a temporary file. Nothing of
 * it is served. Closing it throws it away, unless it was given on.
 */
final class Spool implements AutoCloseable {
  private final SpoolDirectory scratch;
  private ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable FileChannel channel;
  private @Nullable Path file;
  private long size;

  Spool(SpoolDirectory scratch) {
    this.scratch = scratch;
  }

  /** A spool that holds some bytes. */
  static Spool of(Bytes bytes, SpoolDirectory scratch) throws IOException {
    var spool = new Spool(scratch);
    try {
      spool.write(bytes.toArray(), bytes.size());
    } catch (IOException e) {
      spool.close();
      throw e;
    }
    return spool;
  }

  long size() {
    return size;
  }

  void write(byte[] bytes, int length) throws IOException {
    if (channel == null && size + length <= scratch.memoryLimit()) {
      memory.write(bytes, 0, length);
    } else {
      writeAll(file(), ByteBuffer.wrap(bytes, 0, length));
    }
    size += length;
  }

  private FileChannel file() throws IOException {
    if (channel == null) {
      file = scratch.newFile();
      channel = SpoolDirectory.open(file);
      writeAll(channel, ByteBuffer.wrap(memory.toByteArray()));
      memory = new ByteArrayOutputStream(0);
    }
    return channel;
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Forgets what lies behind a size. */
  void truncate(long newSize) throws IOException {
    if (channel != null) {
      channel.truncate(newSize).position(newSize);
    } else {
      var kept = memory.toByteArray();
      memory = new ByteArrayOutputStream();
      memory.write(kept, 0, (int) newSize);
    }
    size = newSize;
  }

  /** What was written until now, from its beginning; writing continues after it was read. */
  InputStream open() throws IOException {
    if (channel == null) {
      return Bytes.of(memory.toByteArray()).open();
    }
    return Channels.newInputStream(channel.position(0));
  }

  /** Gives the content on as it lies. */
  Content keep() throws IOException {
    if (channel == null || file == null) {
      return new Content.InMemory(Bytes.of(memory.toByteArray()));
    }
    channel.close();
    var kept = new Content.InFile(file, size);
    file = null;
    return kept;
  }

  /** Gives the content on to a file's name, where it is whole or not at all after a crash. */
  void moveTo(Path target) throws IOException {
    file().force(true);
    file().close();
    if (file != null) {
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
      file = null;
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
