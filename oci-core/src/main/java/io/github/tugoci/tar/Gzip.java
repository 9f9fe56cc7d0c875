package io.github.tugoci.tar;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Compression by gzip (RFC 1952) whose header says nothing about time and machine: no name, no
 * modification time, an unknown operating system.
 */
public final class Gzip {
  private static final int BUFFER = 64 * 1024;

  private Gzip() {}

  /** Compresses into a stream, which is closed with the one that is returned. */
  public static OutputStream compress(OutputStream out) throws IOException {
    return new GZIPOutputStream(out, BUFFER);
  }
}
