package io.github.tugoci.file;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Writes files that are either there whole or not at all, even if the machine stops in between: to
 * a temporary file in the same directory, which is forced to the disk and then renamed. A writer
 * that dies leaves at most a file {@code .tug-….tmp} behind, which nothing looks at.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** What goes into a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes it; the stream needs no closing, and may be closed. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file or replaces it. If the content's writer or the disk fails, the file is as it was.
   *
   * @param file the file, in a directory that exists
   */
  public static void write(Path file, Content content) throws IOException {
    var temporary = file.resolveSibling(".tug-" + UUID.randomUUID() + ".tmp");
    try {
      try (var channel = FileChannel.open(temporary, CREATE_NEW, WRITE)) {
        content.writeTo(new StaysOpen(Channels.newOutputStream(channel)));
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    forceDirectory(file.toAbsolutePath().resolveSibling("."));
  }

  /** The new name is on the disk only once its directory is; Windows can't be asked for that. */
  private static void forceDirectory(Path directory) {
    try (var channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    } catch (IOException e) {
      // the content is safe and the name will be
    }
  }

  /** The file is forced to the disk after its content's writer has closed the stream. */
  private static final class StaysOpen extends FilterOutputStream {
    StaysOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
