package io.github.tugoci.transport;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What was written a moment ago: a registry may say for a while that it doesn't know it. */
final class RecentWrites {
  private static final long MOMENT = Duration.ofSeconds(10).toNanos();
  private static final int MANY = 1000;

  private final Map<String, Long> writes = new ConcurrentHashMap<>();

  void add(String what) {
    long now = System.nanoTime();
    if (writes.size() > MANY) {
      writes.values().removeIf(time -> now - time > MOMENT);
    }
    writes.put(what, now);
  }

  boolean contains(String what) {
    var time = writes.get(what);
    return time != null && System.nanoTime() - time <= MOMENT;
  }
}
