package io.github.tugoci.transport;

import io.github.tugoci.error.RegistryException;
import io.github.tugoci.net.TransportOptions;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * How fast a registry is asked, by all threads together: how many requests it gets at once, and
 * from when on after it wanted rest.
 */
final class HostPace {
  /** A person who sees nothing for so long wonders. */
  private static final Duration WORTH_TELLING = Duration.ofSeconds(5);

  private final String name;
  private final TransportOptions options;
  private final WarningCollector warnings;
  private final AdaptiveLimit limit = new AdaptiveLimit();
  private final Object backOffLock = new Object();
  private volatile long backOffUntil;

  HostPace(String name, TransportOptions options, WarningCollector warnings) {
    this.name = name;
    this.options = options;
    this.warnings = warnings;
    this.backOffUntil = options.timeSource().nanoTime();
  }

  /** A request's place among those that the registry gets at once, until it is closed. */
  final class Place implements AutoCloseable {
    private final long entered;

    private Place(long entered) {
      this.entered = entered;
    }

    /** The registry answered: it may get more. */
    void answered() {
      limit.rise();
    }

    /** A registry that has too many requests, or wants rest, means every thread. */
    void refused(RegistryException answer) {
      boolean limited =
          answer.status() == 429 || (answer.status() == 403 && answer.retryAfter().isPresent());
      if (limited && limit.fall(entered)) {
        options
            .notes()
            .accept("%s gets at most %d requests at once".formatted(name, limit.limit()));
      }
      answer.retryAfter().ifPresent(HostPace.this::backOff);
    }

    @Override
    public void close() {
      limit.leave();
    }
  }

  /** Waits for a place. */
  Place enter() throws InterruptedIOException {
    try {
      return new Place(limit.enter());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + name + " has enough requests");
    }
  }

  /** Waits until the registry may be asked again. */
  void awaitBackOff() throws InterruptedIOException {
    for (long left = left(); left > 0; left = left()) {
      Retries.sleep(options.timeSource(), Duration.ofNanos(left));
    }
  }

  private long left() {
    return backOffUntil - options.timeSource().nanoTime();
  }

  private void backOff(Duration pause) {
    if (pause.compareTo(options.retryPolicy().budget()) > 0) {
      return;
    }
    synchronized (backOffLock) {
      long until = options.timeSource().nanoTime() + pause.toNanos();
      if (until - backOffUntil <= 0) {
        return;
      }
      backOffUntil = until;
    }
    if (pause.compareTo(WORTH_TELLING) >= 0) {
      warnings.report(
          "%s asks to wait %s before the next request".formatted(name, Retries.seconds(pause)));
    }
  }
}
