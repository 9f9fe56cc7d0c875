package io.github.tugoci.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * A stream whose bytes can go from a file to a socket without a copy through this process's memory
 * ({@code sendfile}). A stream around another one passes that on as far as it need not see the
 * bytes.
 */
public interface ZeroCopySource {
  /**
   * Moves the next bytes to a channel, as many as it takes at once.
   *
   * @param most the most bytes to move
   * @return how many were moved; 0 if the channel takes none, at the end, and where the bytes have
   *     to be seen: then the stream is read
   * @throws IOException if the file can't be read, or the channel not be written to
   */
  long transferTo(WritableByteChannel target, long most) throws IOException;

  /** Moves the next bytes of a stream, if it is one of these. */
  static long transfer(InputStream in, WritableByteChannel target, long most) throws IOException {
    return in instanceof ZeroCopySource source ? source.transferTo(target, most) : 0;
  }

  /**
   * Opens a file as such a stream; the caller closes it.
   *
   * @throws FileSystemException if it isn't a regular file (or {@code /dev/null})
   * @throws IOException if it can't be opened
   */
  static InputStream open(Path file) throws IOException {
    return new FileStream(file);
  }
}
