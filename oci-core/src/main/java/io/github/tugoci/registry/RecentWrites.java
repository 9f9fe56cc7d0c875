package io.github.tugoci.registry;

import io.github.tugoci.net.HostMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was written a moment ago, by this client or by one that shares its memory: a registry may
 * say for a while that it doesn't know it.
 */
final class RecentWrites {
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final int PRUNE_ABOVE = 1000;

  private final HostMemory memory;
  private final Map<String, Instant> writes = new ConcurrentHashMap<>();

  RecentWrites(HostMemory memory) {
    this.memory = memory;
  }

  void add(String what) {
    put(what, Instant.now());
  }

  /** It is gone again: who asks for it now wants to be told so. */
  void remove(String what) {
    put(what, Instant.EPOCH);
  }

  private void put(String what, Instant time) {
    if (writes.size() > PRUNE_ABOVE) {
      var now = Instant.now();
      writes.values().removeIf(old -> !isRecent(old, now));
    }
    writes.put(what, time);
    memory.rememberWrite(what, time);
  }

  boolean contains(String what) {
    return Optional.ofNullable(writes.get(what))
        .or(() -> memory.written(what))
        .filter(time -> isRecent(time, Instant.now()))
        .isPresent();
  }

  /** A time to come isn't one: a clock was set back. */
  private static boolean isRecent(Instant time, Instant now) {
    var ago = Duration.between(time, now);
    return !ago.isNegative() && ago.compareTo(WINDOW) <= 0;
  }
}
