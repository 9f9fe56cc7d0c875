package io.github.tugoci.transport;

import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RegistryException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** The retries of one operation: decides whether a failure may pass, and waits. */
public final class Backoff {
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

  private final RetryPolicy policy;
  private int retries;
  private Duration spent = Duration.ZERO;

  Backoff(RetryPolicy policy) {
    this.policy = policy;
  }

  /**
   * Waits until the operation may be tried again: exponentially longer, with full jitter, and at
   * least as long as the registry asks for.
   *
   * @throws IOException the failure itself, if it won't pass, or if the retries or the time are
   *     used up
   * @throws InterruptedIOException if the thread is interrupted
   */
  public void pause(IOException failure) throws IOException {
    if (!isRetryable(failure) || retries >= policy.retries()) {
      throw failure;
    }
    long most =
        Math.min(
            policy.maxDelay().toNanos(), policy.initialDelay().toNanos() << Math.min(retries, 16));
    var pause = Duration.ofNanos(ThreadLocalRandom.current().nextLong(most + 1));
    if (failure instanceof RegistryException answer) {
      var asked = answer.retryAfter().orElse(Duration.ZERO);
      pause = asked.compareTo(pause) > 0 ? asked : pause;
    }
    spent = spent.plus(pause);
    if (spent.compareTo(policy.budget()) > 0) {
      throw failure;
    }
    retries++;
    sleep(pause);
  }

  /**
   * Waits for nothing but time.
   *
   * @throws InterruptedIOException if the thread is interrupted
   */
  public static void sleep(Duration pause) throws InterruptedIOException {
    try {
      Thread.sleep(pause.toMillis(), pause.toNanosPart() % 1_000_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting to try again");
    }
  }

  private static boolean isRetryable(IOException failure) {
    if (failure instanceof RegistryException answer) {
      // A 403 that says how long to wait is a rate limit (GitHub's "secondary rate limit").
      return PASSING.contains(answer.status())
          || (answer.status() == 403 && answer.retryAfter().isPresent());
    }
    if (failure instanceof NetworkException) {
      return !isPermanent(failure.getCause());
    }
    return !(failure instanceof OciException) && !isPermanent(failure);
  }

  /** What a retry can't mend: a wrong name, a certificate, the local disk, an interrupt. */
  private static boolean isPermanent(@Nullable Throwable failure) {
    return failure instanceof UnknownHostException
        || failure instanceof SSLHandshakeException
        || failure instanceof SSLPeerUnverifiedException
        || failure instanceof FileSystemException
        || (failure instanceof InterruptedIOException
            && !(failure instanceof SocketTimeoutException));
  }
}
