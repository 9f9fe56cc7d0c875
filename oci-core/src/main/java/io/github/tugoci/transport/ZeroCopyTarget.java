package io.github.tugoci.transport;

import io.github.tugoci.content.ZeroCopySource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A stream to a socket that takes a file's bytes without a copy through memory. */
interface ZeroCopyTarget {
  /**
   * Takes the next bytes of a source, and waits until the socket has room for them.
   *
   * @param most the most bytes to take
   * @return how many were taken; 0 if none can be now
   */
  long transferFrom(ZeroCopySource source, long most) throws IOException;

  /** Moves the next bytes from one stream to another, if both are able to. */
  static long transfer(InputStream in, OutputStream out, long most) throws IOException {
    return in instanceof ZeroCopySource source && out instanceof ZeroCopyTarget target
        ? target.transferFrom(source, most)
        : 0;
  }
}
