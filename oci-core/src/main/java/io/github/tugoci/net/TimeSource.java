package io.github.tugoci.net;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The source of time and random delays for retries. A test brings its own and waits for nothing.
 */
public interface TimeSource {
  /** The system's clock. */
  TimeSource SYSTEM =
      new TimeSource() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
          Thread.sleep(time.toMillis(), time.toNanosPart() % 1_000_000);
        }

        @Override
        public long random(long most) {
          return ThreadLocalRandom.current().nextLong(most + 1);
        }
      };

  /** Nanoseconds since any moment, as {@link System#nanoTime} counts them. */
  long nanoTime();

  /**
   * Waits.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  void sleep(Duration time) throws InterruptedException;

  /** A random number from 0 to {@code most}, both included. */
  long random(long most);
}
