package io.github.tugoci.transport;

import io.github.tugoci.net.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only by waiting, and chance that always draws the most. */
final class FakeTime implements TimeSource {
  final List<Duration> pauses = new ArrayList<>();
  private long now;

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized void sleep(Duration time) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    pauses.add(time);
    now += time.toNanos();
  }

  @Override
  public long random(long most) {
    return most;
  }

  synchronized void advance(Duration time) {
    now += time.toNanos();
  }
}
