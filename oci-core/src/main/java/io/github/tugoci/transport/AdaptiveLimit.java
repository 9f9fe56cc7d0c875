package io.github.tugoci.transport;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many requests a host gets at once. It begins without a limit that is felt; each "too many
 * requests" halves what was at once, and so many answers as are allowed at once allow one more
 * (additive increase, multiplicative decrease, as TCP has it).
 *
 * <p>A thread that has a place, at whatever host, never waits for another: an upload reads its body
 * from a registry, and two such would wait for each other.
 */
final class AdaptiveLimit {
  /** More than a client sends at once to one host. */
  static final int MOST = 64;

  private static final ThreadLocal<Integer> PLACES = ThreadLocal.withInitial(() -> 0);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition free = lock.newCondition();
  private int limit = MOST;
  private int inFlight;
  private int answers;
  private long generation;

  /**
   * Waits for a place.
   *
   * @return the generation of the limit, for {@link #fall}
   * @throws InterruptedException if the thread is interrupted; it has no place then
   */
  long enter() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (PLACES.get() == 0 && limit < MOST && inFlight >= limit) {
        free.await();
      }
      inFlight++;
      PLACES.set(PLACES.get() + 1);
      return generation;
    } finally {
      lock.unlock();
    }
  }

  /** Gives the place back. */
  void leave() {
    lock.lock();
    try {
      inFlight--;
      PLACES.set(PLACES.get() - 1);
      free.signal();
    } finally {
      lock.unlock();
    }
  }

  /** An answer came: after enough of them one more request is allowed. */
  void rise() {
    lock.lock();
    try {
      if (limit < MOST && ++answers >= limit) {
        answers = 0;
        limit++;
        free.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The host had too many requests.
   *
   * @param entered the generation in which the request began: those that began together count once
   * @return whether the limit fell
   */
  boolean fall(long entered) {
    lock.lock();
    try {
      answers = 0;
      if (entered < generation) {
        return false;
      }
      generation++;
      limit = Math.max(1, Math.min(limit, inFlight) / 2);
      return true;
    } finally {
      lock.unlock();
    }
  }

  int limit() {
    lock.lock();
    try {
      return limit;
    } finally {
      lock.unlock();
    }
  }
}
