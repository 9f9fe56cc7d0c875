package io.github.tugoci.tar;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Compression by gzip (RFC 1952) whose header says nothing about time and machine: no name, no
 * modification time, an unknown operating system.
 */
public final class Gzip {
  /** More would hold more blocks in memory than a disk can take in. */
  private static final int MAX_THREADS = 16;

  private Gzip() {}

  /**
   * Compresses into a stream, which is closed with the one that is returned; what is large, on all
   * processors. The bytes don't depend on their number.
   */
  public static OutputStream compress(OutputStream out) throws IOException {
    return compress(out, Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
  }

  /** Compresses in a number of threads. */
  static OutputStream compress(OutputStream out, int threads) {
    return new GzipBlocks(out, threads);
  }
}
