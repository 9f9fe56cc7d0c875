package io.github.tugoci.tar;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * One gzip member made of blocks that are compressed at once, as pigz makes it: each block knows
 * the end of the one before as its dictionary and ends on a byte (a sync flush), so that together
 * they are one deflate stream. What fits into one block is compressed as everybody does, by the
 * calling thread.
 */
final class GzipBlocks extends OutputStream {
  /** Charts are smaller, and of a larger one the boundaries cost less than a thousandth. */
  static final int BLOCK = 1 << 20;

  private static final int WINDOW = 1 << 15;
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  /** What deflate adds at most: five bytes for each 16 KiB that it only stores, and the flush. */
  private static final int MAX_DEFLATED = BLOCK + BLOCK / 2048 + 64;

  /**
   * A block on its way.
   *
   * @param block its bytes, free again once they are packed
   * @param packed where they are packed to
   * @param length how many bytes they have become
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Piece(byte[] block, byte[] packed, int length) {}

  private final OutputStream out;
  private final int threads;
  private final CRC32 crc = new CRC32();
  private final Queue<Deflater> deflaters = new ConcurrentLinkedQueue<>();
  private final Deque<Future<Piece>> pending = new ArrayDeque<>();
  private @Nullable ExecutorService executor;
  private byte @Nullable [] dictionary;

  /** Arrays that are used again: what is packed may be large, and the memory is to stay small. */
  private final Deque<byte[]> freeBlocks = new ArrayDeque<>();

  private final Deque<byte[]> freeBuffers = new ArrayDeque<>();
  private byte[] block = new byte[WINDOW];
  private int length;
  private long total;
  private boolean begun;
  private boolean failed;
  private boolean closed;

  GzipBlocks(OutputStream out, int threads) {
    this.out = out;
    this.threads = threads;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (closed || failed) {
      throw new IOException("the stream is closed");
    }
    int from = offset;
    int left = count;
    while (left > 0) {
      if (length == BLOCK) {
        compressFullBlock();
      }
      int step = Math.min(left, BLOCK - length);
      if (length + step > block.length) {
        block = Arrays.copyOf(block, Math.min(BLOCK, Math.max(2 * block.length, length + step)));
      }
      System.arraycopy(bytes, from, block, length, step);
      length += step;
      from += step;
      left -= step;
    }
    crc.update(bytes, offset, count);
    total += count;
  }

  /** More follows, so it isn't the last. */
  private void compressFullBlock() throws IOException {
    if (pending.size() > threads) {
      writeNext();
    }
    if (executor == null) {
      executor = Executors.newFixedThreadPool(threads, GzipBlocks::daemon);
    }
    var full = block;
    var known = dictionary;
    var packed = freeBuffers.isEmpty() ? new byte[MAX_DEFLATED] : freeBuffers.pop();
    pending.add(executor.submit(() -> deflate(full, BLOCK, known, packed, false)));
    dictionary = Arrays.copyOfRange(full, BLOCK - WINDOW, BLOCK);
    block = freeBlocks.isEmpty() ? new byte[BLOCK] : freeBlocks.pop();
    length = 0;
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "tug-gzip");
    thread.setDaemon(true);
    return thread;
  }

  private Piece deflate(
      byte[] bytes, int count, byte @Nullable [] known, byte[] packed, boolean last) {
    var deflater = deflaters.poll();
    if (deflater == null) {
      deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    }
    if (known != null) {
      deflater.setDictionary(known);
    }
    deflater.setInput(bytes, 0, count);
    if (last) {
      deflater.finish();
    }
    int made =
        deflater.deflate(packed, 0, packed.length, last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
    if (made == packed.length) {
      throw new IllegalStateException("deflate made more bytes than it may");
    }
    deflater.reset();
    deflaters.add(deflater);
    return new Piece(bytes, packed, made);
  }

  private void begin() throws IOException {
    if (!begun) {
      begun = true;
      out.write(HEADER);
    }
  }

  private void writeNext() throws IOException {
    Piece piece;
    try {
      piece = pending.remove().get();
    } catch (InterruptedException e) {
      failed = true;
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while content was compressed");
    } catch (ExecutionException e) {
      failed = true;
      throw new IOException("content can't be compressed: " + e.getCause(), e);
    }
    write(piece);
    freeBlocks.push(piece.block());
    freeBuffers.push(piece.packed());
  }

  private void write(Piece piece) throws IOException {
    try {
      begin();
      out.write(piece.packed(), 0, piece.length());
    } catch (IOException e) {
      failed = true;
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /** Ends the member and closes the stream below; after a failure only that. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      if (!failed) {
        finish();
      }
    } finally {
      if (executor != null) {
        executor.shutdownNow();
      }
      deflaters.forEach(Deflater::end);
    }
  }

  private void finish() throws IOException {
    var packed = new byte[Math.max(256, length + length / 2048 + 64)];
    var last = deflate(block, length, dictionary, packed, true);
    while (!pending.isEmpty()) {
      writeNext();
    }
    write(last);
    var trailer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    out.write(trailer.putInt((int) crc.getValue()).putInt((int) total).array());
  }
}
