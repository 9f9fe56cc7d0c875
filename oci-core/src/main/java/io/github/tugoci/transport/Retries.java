package io.github.tugoci.transport;

import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TimeSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * The retries of one operation: runs it, decides whether a failure may pass, waits, and runs it
 * again. Every loop over a registry's failures is this one; what differs stands in the {@link
 * Operation}. Not for several threads.
 */
public final class Retries {
  private static final Set<Integer> TRANSIENT = Set.of(408, 429, 500, 502, 503, 504);

  private final RetryPolicy policy;
  private final TimeSource time;
  private final Consumer<String> notes;
  private int attempts;
  private int retries;
  private Duration spent = Duration.ZERO;

  /** What to do after a failure. */
  public enum Verdict {
    /** The failure is final. */
    GIVE_UP,
    /** A retry, after the policy's pause, if the policy has one left. */
    WAIT,
    /** Another way of doing the same: without a pause, and not counted as a retry. */
    AT_ONCE
  }

  /**
   * Something that may be done again.
   *
   * @param <T> its result
   */
  @FunctionalInterface
  public interface Operation<T> {
    /** Does it once. */
    T attempt() throws IOException;

    /** Decides what to do after a failed attempt. */
    default Verdict judge(IOException failure) {
      return isTransient(failure) ? Verdict.WAIT : Verdict.GIVE_UP;
    }

    /**
     * Prepares the next attempt, after the pause.
     *
     * @return a result that makes the next attempt unnecessary; usually none
     * @throws IOException a failure that ends the operation
     */
    default Optional<T> recover(IOException failure) throws IOException {
      return Optional.empty();
    }
  }

  /**
   * The retries of an operation.
   *
   * @param notes told what is waited for
   */
  Retries(RetryPolicy policy, TimeSource time, Consumer<String> notes) {
    this.policy = policy;
    this.time = time;
    this.notes = notes;
  }

  /**
   * Runs an operation until it succeeds. Several runs share the retries and the time.
   *
   * @throws IOException the last failure, if it won't pass, or if the retries or the time are used
   *     up
   * @throws InterruptedIOException if the thread is interrupted
   */
  public <T> T run(Operation<T> operation) throws IOException {
    while (true) {
      IOException failure;
      try {
        attempts++;
        return operation.attempt();
      } catch (IOException e) {
        failure = e;
      }
      var verdict = operation.judge(failure);
      var pause = verdict == Verdict.WAIT ? nextPause(failure) : Optional.of(Duration.ZERO);
      if (verdict == Verdict.GIVE_UP || pause.isEmpty()) {
        throw failure;
      }
      if (verdict == Verdict.WAIT) {
        notes.accept(
            "trying again in %s: %s".formatted(seconds(pause.get()), failure.getMessage()));
        sleep(time, pause.get());
      }
      var recovered = operation.recover(failure);
      if (recovered.isPresent()) {
        return recovered.get();
      }
    }
  }

  /** Begins to count anew, as the operation has come further. */
  public void restart() {
    retries = 0;
    spent = Duration.ZERO;
  }

  /** How many attempts there were. */
  int attempts() {
    return attempts;
  }

  /**
   * The time to wait before the next attempt: exponentially longer, with full jitter, and at least
   * as long as the registry asks for. Empty if the retries or the time are used up.
   */
  private Optional<Duration> nextPause(IOException failure) {
    if (retries >= policy.retries() || OperationDeadline.left() <= 0) {
      return Optional.empty();
    }
    long most =
        Math.min(
            policy.maxDelay().toNanos(), policy.initialDelay().toNanos() << Math.min(retries, 16));
    var pause = Duration.ofNanos(time.random(most));
    if (failure instanceof RegistryException answer) {
      var asked = answer.retryAfter().orElse(Duration.ZERO);
      pause = asked.compareTo(pause) > 0 ? asked : pause;
    }
    spent = spent.plus(pause);
    if (spent.compareTo(policy.budget()) > 0) {
      return Optional.empty();
    }
    retries++;
    return Optional.of(pause);
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }

  static void sleep(TimeSource time, Duration pause) throws InterruptedIOException {
    try {
      OperationDeadline.extend(pause);
      time.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting to try again");
    }
  }

  /** Whether a failure may pass with time. */
  private static boolean isTransient(IOException failure) {
    if (failure instanceof RegistryException answer) {
      // A 403 that says how long to wait is a rate limit (GitHub's "secondary rate limit").
      return TRANSIENT.contains(answer.status())
          || (answer.status() == 403 && answer.retryAfter().isPresent());
    }
    if (failure instanceof NetworkException) {
      return !isPermanent(failure.getCause());
    }
    return !(failure instanceof OciException) && !isPermanent(failure);
  }

  /**
   * What a retry can't mend: a wrong name, a proxy that won't, a certificate, the local disk, an
   * interrupt.
   */
  private static boolean isPermanent(@Nullable Throwable failure) {
    return failure instanceof UnknownHostException
        || (failure instanceof ProxyRefusal refusal && !TRANSIENT.contains(refusal.status()))
        || failure instanceof SSLHandshakeException
        || failure instanceof SSLPeerUnverifiedException
        || failure instanceof FileSystemException
        || OciException.isInterruption(failure);
  }
}
