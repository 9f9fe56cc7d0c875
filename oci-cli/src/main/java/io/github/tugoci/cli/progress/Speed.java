package io.github.tugoci.cli.progress;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/** How fast something grows, over the last few seconds. */
final class Speed {
  private static final long WINDOW_NANOS = 5_000_000_000L;

  private record Sample(long nanos, long bytes) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  /**
   * Takes a sample.
   *
   * @return bytes per second; empty as long as there is nothing to compare with
   */
  OptionalDouble at(long nanos, long bytes) {
    samples.addLast(new Sample(nanos, bytes));
    while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW_NANOS) {
      samples.removeFirst();
    }
    var first = samples.getFirst();
    return nanos == first.nanos()
        ? OptionalDouble.empty()
        : OptionalDouble.of((bytes - first.bytes()) * 1e9 / (nanos - first.nanos()));
  }
}
