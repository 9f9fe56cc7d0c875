package io.github.tugoci.content;

import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A daemon thread that hashes what another reads and writes meanwhile. Its buffers go round: {@link
 * #next} gives one that is hashed. It ends with {@link #finish} or {@link #close}.
 */
final class HashThread implements AutoCloseable {
  private static final int BUFFERS = 4;
  private static final int BUFFER = 1 << 18;

  /** A buffer's beginning; one without length is the end. */
  private static final class Chunk {
    final byte[] bytes;
    final int length;

    Chunk(byte[] bytes, int length) {
      this.bytes = bytes;
      this.length = length;
    }
  }

  private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(BUFFERS);
  private final BlockingQueue<Chunk> full = new ArrayBlockingQueue<>(BUFFERS + 1);
  private final Thread thread;

  private HashThread(MessageDigest hash) {
    for (int i = 0; i < BUFFERS; i++) {
      free.add(new byte[BUFFER]);
    }
    thread = new Thread(() -> hashAll(hash), "tug-hash");
    thread.setDaemon(true);
  }

  /** Starts to feed a hash; until then no other thread may use it. */
  static HashThread start(MessageDigest hash) {
    var hasher = new HashThread(hash);
    hasher.thread.start();
    return hasher;
  }

  private void hashAll(MessageDigest hash) {
    try {
      for (var chunk = full.take(); chunk.length > 0; chunk = full.take()) {
        hash.update(chunk.bytes, 0, chunk.length);
        free.put(chunk.bytes);
      }
    } catch (InterruptedException e) {
      // closed before the end: the thread is this object's own, and it is done
    }
  }

  /** A buffer to be filled. */
  byte[] next() throws InterruptedIOException {
    return interruptibly(free::take);
  }

  /** Hashes the beginning of a buffer, which may still be read until {@link #next} is called. */
  void update(byte[] bytes, int length) throws InterruptedIOException {
    interruptibly(
        () -> {
          full.put(new Chunk(bytes, length));
          return bytes;
        });
  }

  /** Waits until everything is hashed; the hash can be used again then. */
  void finish() throws InterruptedIOException {
    interruptibly(
        () -> {
          full.put(new Chunk(new byte[0], 0));
          thread.join();
          return thread;
        });
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private interface Wait<T> {
    T get() throws InterruptedException;
  }

  private static <T> T interruptibly(Wait<T> wait) throws InterruptedIOException {
    try {
      return wait.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while content was moved");
    }
  }
}
