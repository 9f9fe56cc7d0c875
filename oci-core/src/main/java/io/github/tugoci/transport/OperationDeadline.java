package io.github.tugoci.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time that all tries of one request have together, pauses apart. It belongs to the thread that
 * sends it, so that whatever is exchanged for the request (a token, a redirect) shares it.
 */
final class OperationDeadline {
  private static final ThreadLocal<@Nullable OperationDeadline> CURRENT = new ThreadLocal<>();

  private long end;

  private OperationDeadline(long end) {
    this.end = end;
  }

  /** Begins to count on this thread, for as long as the {@link Scope} is open. */
  static Scope begin(Duration most) {
    var outer = CURRENT.get();
    CURRENT.set(new OperationDeadline(System.nanoTime() + most.toNanos()));
    return () -> CURRENT.set(outer);
  }

  /** Ends the counting. */
  @FunctionalInterface
  interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  /** The nanoseconds that are left; very many where nothing is counted. */
  static long left() {
    var current = CURRENT.get();
    return current == null ? Long.MAX_VALUE : current.end - System.nanoTime();
  }

  /** Doesn't count a pause. */
  static void extend(Duration pause) {
    var current = CURRENT.get();
    if (current != null) {
      current.end += pause.toNanos();
    }
  }
}
