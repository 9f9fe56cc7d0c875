package io.github.tugoci.cli.shell;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time that a whole command may take. When it is over, the command is stopped as Ctrl-C stops
 * it: its thread is interrupted and takes its temporary files away; what doesn't take notice of
 * that has its connections closed after a moment.
 */
public final class Deadline implements Interruptible, AutoCloseable {
  private static final long PATIENCE_SECONDS = 3;

  private final Thread command = Thread.currentThread();
  private final long start = System.nanoTime();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Queue<AutoCloseable> connections = new ConcurrentLinkedQueue<>();
  private final Interruptible signals;
  private volatile @Nullable Duration passed;

  /**
   * Begins to count, without an end.
   *
   * @param signals is told too what holds the command up
   */
  public Deadline(Interruptible signals) {
    this.signals = signals;
  }

  @Override
  public void endsWith(AutoCloseable waiting) {
    connections.add(waiting);
    signals.endsWith(waiting);
  }

  /** Lets the command end so long after its beginning. */
  public void endAfter(Duration time) {
    var watch = new Thread(() -> watch(time), "tug-deadline");
    watch.setDaemon(true);
    watch.start();
  }

  private void watch(Duration time) {
    try {
      if (ended.await(time.toNanos() - (System.nanoTime() - start), TimeUnit.NANOSECONDS)) {
        return;
      }
      if (!interrupt(time)) {
        return;
      }
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        connections.forEach(Interruptible::close);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Interrupts the command, unless it has ended just now. */
  private synchronized boolean interrupt(Duration time) {
    if (ended.getCount() > 0) {
      passed = time;
      command.interrupt();
    }
    return passed != null;
  }

  /** Why the command failed, if it did because the time was over. */
  public Optional<Failure> failure() {
    return Optional.ofNullable(passed)
        .map(
            time ->
                Failure.of(
                    ExitCode.NETWORK,
                    "not done within --deadline " + text(time),
                    "what was begun was stopped; run it again, with more time"));
  }

  private static String text(Duration time) {
    return time.toMillisPart() == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
  }

  /** Ends the counting; the command's thread isn't interrupted by it afterwards. */
  @Override
  public synchronized void close() {
    ended.countDown();
    if (passed != null) {
      Thread.interrupted();
    }
  }
}
