package io.github.tugoci.net;

import java.time.Duration;

/**
 * The policy of retries: how often and for how long a failed request is sent again. One policy
 * holds for every request, tokens and uploads included.
 *
 * @param retries the most tries after the first
 * @param initialDelay the longest pause before the first retry; it doubles with each
 * @param maxDelay the longest pause, whatever the number of the retry
 * @param budget the most time that one operation may spend waiting; a registry that asks for more
 *     ({@code Retry-After}) isn't asked again
 */
public record RetryPolicy(int retries, Duration initialDelay, Duration maxDelay, Duration budget) {

  /** Checks the numbers. */
  public RetryPolicy {
    if (retries < 0 || initialDelay.isNegative() || maxDelay.isNegative() || budget.isNegative()) {
      throw new IllegalArgumentException("neither retries nor pauses can be negative");
    }
  }

  /** Five retries, pauses from 250 ms to 10 s, two minutes in all. */
  public static RetryPolicy defaults() {
    return new RetryPolicy(
        5, Duration.ofMillis(250), Duration.ofSeconds(10), Duration.ofMinutes(2));
  }

  /** The same with another number of retries. */
  public RetryPolicy withRetries(int most) {
    return new RetryPolicy(most, initialDelay, maxDelay, budget);
  }
}
