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
  /** A server that is silent for a while, and then goes on, brings less often. */
  private static final int TRICKLE = 3;

  private final Runnable cut;
  private final long minRate;
  private final long window;
  private final long trickle;
  private @Nullable Thread waiting;
  private long since;
  private long most;
  private boolean measured;
  private long waited;
  private long bytes;
  private long windowWaited;
  private long windowBytes;
  private long timeLeft = Long.MAX_VALUE;
  private int reads;
  private int trickleReads;
  private long trickleWaited;
  private long trickleBytes;
  private @Nullable String stalled;
  private boolean interrupted;
  private boolean connected;

  /**
   * An exchange in which nobody waits yet.
   *
   * @param cut closes the connection at once, without reading what is left
   * @param minRate the fewest bytes per second that an answer's body brings; 0 for any
   * @param window the waiting time over which the rate is measured
   * @param trickle the same where bytes come often, but few
   */
  WatchedExchange(Runnable cut, long minRate, Duration window, Duration trickle) {
    this.trickle = trickle.toNanos();
    this.cut = cut;
    this.minRate = minRate;
    this.window = window.toNanos();
  }

  /** The calling thread begins to wait, and may do so for a time. */
  synchronized void await(Duration limit) {
    begin(limit.toNanos(), false);
  }

  /** The connection is there, and the calling thread begins to wait for the answer's head. */
  synchronized void connected(Duration limit) {
    connected = true;
    await(limit);
  }

  /** Whether the request could be sent: else what answered is a proxy. */
  synchronized boolean isConnected() {
    return connected;
  }

  /** The calling thread begins to wait for bytes of a body. */
  synchronized void awaitBody() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      interrupt();
      throw interruption(null);
    }
    begin(Long.MAX_VALUE, minRate > 0);
  }

  /** The calling thread begins to send bytes of a body. */
  synchronized void awaitSent(Duration limit) {
    begin(limit.toNanos(), minRate > 0);
  }

  private void begin(long limit, boolean rate) {
    waiting = Thread.currentThread();
    since = System.nanoTime();
    most = limit;
    measured = rate;
    timeLeft = OperationDeadline.left();
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
      reads += received > 0 ? 1 : 0;
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
    } else if (now - since > timeLeft) {
      stall("the request took longer than its deadline");
    } else if (measured) {
      measure(waited + now - since);
    }
  }

  private void measure(long total) {
    long shortSpan = total - trickleWaited;
    if (shortSpan >= trickle) {
      if (reads - trickleReads >= TRICKLE && tooFew(bytes - trickleBytes, shortSpan)) {
        tooSlow();
      }
      trickleWaited = total;
      trickleBytes = bytes;
      trickleReads = reads;
    }
    long span = total - windowWaited;
    if (span >= window) {
      if (tooFew(bytes - windowBytes, span)) {
        tooSlow();
      }
      windowWaited = total;
      windowBytes = bytes;
    }
  }

  private boolean tooFew(long moved, long span) {
    return moved < minRate * (span / 1e9);
  }

  private void tooSlow() {
    stall("fewer than " + minRate + " bytes per second move");
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
