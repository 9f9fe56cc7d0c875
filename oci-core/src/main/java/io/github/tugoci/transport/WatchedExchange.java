package io.github.tugoci.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One exchange as the timer of {@link StallWatch} sees it: whether a thread waits for the network,
 * since when, and how many bytes its waiting has brought. Only time spent waiting counts: a body
 * may be read or written as slowly as its other end likes.
 *
 * <p>At most one thread waits at a time; {@link #run} is called by the timer.
 */
final class WatchedExchange implements Runnable {
  private final Runnable cut;
  private final long minRate;
  private final long window;
  private @Nullable Thread waiting;
  private long since;
  private long most;
  private boolean measured;
  private long waited;
  private long bytes;
  private long windowWaited;
  private long windowBytes;
  private @Nullable String stalled;
  private boolean interrupted;

  /**
   * An exchange in which nobody waits yet.
   *
   * @param cut closes the connection at once, without reading what is left
   * @param minRate the fewest bytes per second that an answer's body brings; 0 for any
   * @param window the waiting time over which the rate is measured
   */
  WatchedExchange(Runnable cut, long minRate, Duration window) {
    this.cut = cut;
    this.minRate = minRate;
    this.window = window.toNanos();
  }

  /** The calling thread begins to wait, and may do so for a time. */
  synchronized void await(Duration limit) {
    begin(limit.toNanos(), false);
  }

  /** The calling thread begins to wait for bytes of a body. */
  synchronized void awaitBody() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      interrupt();
      throw interruption(null);
    }
    begin(Long.MAX_VALUE, minRate > 0);
  }

  private void begin(long limit, boolean rate) {
    waiting = Thread.currentThread();
    since = System.nanoTime();
    most = limit;
    measured = rate;
  }

  /** The thread waits no longer. */
  synchronized void resume() {
    resume(0);
  }

  /** The thread waits no longer: bytes of the body came. */
  synchronized void resume(long received) {
    if (waiting != null && measured) {
      waited += System.nanoTime() - since;
      bytes += received;
    }
    waiting = null;
  }

  /** What a failure is called: a connection that was cut from here fails for another reason. */
  synchronized IOException explain(IOException failure) {
    if (interrupted) {
      return interruption(failure);
    }
    if (stalled == null) {
      return failure;
    }
    var timeout = new SocketTimeoutException(stalled);
    timeout.initCause(failure);
    return timeout;
  }

  /**
   * Cuts the connection if the waiting thread was interrupted, or waits too long for too little.
   */
  @Override
  public synchronized void run() {
    if (waiting == null) {
      return;
    }
    long now = System.nanoTime();
    if (waiting.isInterrupted()) {
      interrupt();
    } else if (now - since > most) {
      stall("the server stopped reading or answering");
    } else if (measured) {
      measure(waited + now - since);
    }
  }

  private void measure(long total) {
    long span = total - windowWaited;
    if (span < window) {
      return;
    }
    if (bytes - windowBytes < minRate * (span / 1e9)) {
      stall("the server sends fewer than " + minRate + " bytes per second");
    }
    windowWaited = total;
    windowBytes = bytes;
  }

  private void interrupt() {
    interrupted = true;
    cut.run();
  }

  private void stall(String why) {
    stalled = why;
    cut.run();
  }

  private static InterruptedIOException interruption(@Nullable IOException failure) {
    var interruption = new InterruptedIOException("interrupted while waiting for the network");
    if (failure != null) {
      interruption.initCause(failure);
    }
    return interruption;
  }
}
