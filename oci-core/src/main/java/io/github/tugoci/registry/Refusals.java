package io.github.tugoci.registry;

import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RegistryException;
import java.util.Set;

/**
 * What a registry's refusal may mean. Registries and the proxies before them refuse what only saves
 * requests (HEAD, Range, a mount, conditions, a page size) in many ways, and then do what is asked
 * for without it.
 */
final class Refusals {
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

  /** With a Retry-After; 403 is GitHub's "secondary rate limit". */
  private static final Set<Integer> WAITING = Set.of(403, 503);

  private Refusals() {}

  /** The status of the answer that a failure comes from; 0 if there was none. */
  static int status(OciException failure) {
    Throwable cause = failure;
    if (!(failure instanceof RegistryException) && failure.getCause() instanceof OciException e) {
      cause = e;
    }
    return cause instanceof RegistryException answer ? answer.status() : 0;
  }

  /**
   * Whether a registry asks to wait, by a status or by saying for how long. It isn't a refusal of
   * what was asked for, nor of the way of asking.
   */
  static boolean isRateLimit(OciException failure) {
    return failure instanceof RegistryException answer
        && (answer.status() == 429
            || (WAITING.contains(answer.status()) && answer.retryAfter().isPresent()));
  }

  /**
   * Whether a failure is an answer that may be about the way of asking: it isn't one that passes
   * with time, nor one that asks for a login.
   */
  static boolean mayBeOfTheWay(OciException failure) {
    int status = status(failure);
    return status != 0 && status != 401 && !PASSING.contains(status) && !isRateLimit(failure);
  }

  /** Whether a HEAD may fail where a GET doesn't; 404 aside, which is an answer. */
  static boolean mayBeOfHead(OciException failure) {
    return mayBeOfTheWay(failure) || status(failure) == 500;
  }
}
