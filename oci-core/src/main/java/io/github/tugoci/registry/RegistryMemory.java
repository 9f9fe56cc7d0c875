package io.github.tugoci.registry;

import io.github.tugoci.net.HostMemory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * What a client remembers of registries' content for as long as it lives: what it found out by
 * asking, pushed, or wrote a moment ago; and the locks of those who change the same thing. All of
 * it is bounded: what is beyond costs a request more.
 */
final class RegistryMemory {
  private static final int MAX_REMEMBERED = 10_000;
  private static final int LOCK_STRIPES = 64;
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final HostMemory hostMemory;
  private final RecentWrites writes;
  private final Set<String> pushed = ConcurrentHashMap.newKeySet();
  private final Set<String> facts = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> passing = new ConcurrentHashMap<>();
  private final List<Lock> locks = stripes();
  private final List<Lock> trialLocks = stripes();

  /**
   * An empty memory.
   *
   * @param hostMemory what is remembered beyond the client's life
   */
  RegistryMemory(HostMemory hostMemory) {
    this.hostMemory = hostMemory;
    this.writes = new RecentWrites(hostMemory);
  }

  /** What was written a moment ago. */
  RecentWrites writes() {
    return writes;
  }

  /** Keeps that a host refuses one way of asking, for instance, so that it isn't tried again. */
  void note(String fact) {
    if (facts.size() < MAX_REMEMBERED) {
      facts.add(fact);
    }
  }

  /** Whether this was noted. */
  boolean noted(String fact) {
    return facts.contains(fact);
  }

  /**
   * Keeps for a minute what may be otherwise soon.
   *
   * @param now the time in nanoseconds
   */
  void noteForAMinute(String fact, long now) {
    passing.values().removeIf(noted -> now - noted > MINUTE);
    if (passing.size() < MAX_REMEMBERED) {
      passing.put(fact, now);
    }
  }

  /**
   * Whether this was noted within the last minute.
   *
   * @param now the time in nanoseconds
   */
  boolean notedWithinAMinute(String fact, long now) {
    var noted = passing.get(fact);
    return noted != null && now - noted <= MINUTE;
  }

  /**
   * Whether something was pushed from here before.
   *
   * @param reference {@code HOST/NAME@DIGEST}
   */
  boolean pushedBefore(String reference) {
    return pushed.contains(reference) || hostMemory.pushedBefore(reference);
  }

  /**
   * Keeps that something was pushed.
   *
   * @param reference {@code HOST/NAME@DIGEST}
   */
  void rememberPush(String reference) {
    if (pushed.size() < MAX_REMEMBERED && pushed.add(reference)) {
      hostMemory.rememberPush(reference);
    }
  }

  /**
   * The lock for a change that takes more than one request, so that those who change the same thing
   * with this client don't undo one another's work. It and a trial's are the only locks that are
   * held while something is sent, and nobody takes two of them.
   *
   * @param what what is changed; two things may share a lock
   */
  Lock lockFor(String what) {
    return stripe(locks, what);
  }

  /**
   * The lock for one request that finds out what a host can, which others wait for. It may be taken
   * after that of a change, and no other lock after it.
   *
   * @param what what is found out; two things may share a lock
   */
  Lock trialLockFor(String what) {
    return stripe(trialLocks, what);
  }

  private static List<Lock> stripes() {
    return Stream.<Lock>generate(ReentrantLock::new).limit(LOCK_STRIPES).toList();
  }

  private static Lock stripe(List<Lock> locks, String what) {
    return locks.get(Math.floorMod(what.hashCode(), LOCK_STRIPES));
  }
}
