package io.github.tugoci.net;

import io.github.tugoci.error.RequestLine;
import java.time.Duration;

/** A listener for every request that is sent: for traces, counts and timings. */
@FunctionalInterface
public interface RequestListener {
  /** Hears nothing. */
  RequestListener NONE = (request, status, took, note) -> {};

  /** What stands for a status where none came. */
  int NO_STATUS = -1;

  /**
   * An exchange has ended: the answer's head is there, or the connection failed. Called on the
   * thread that asked, so it must be quick and safe for many threads.
   *
   * @param request what was asked, without secrets
   * @param status the HTTP status, or {@link #NO_STATUS}
   * @param took from the request's first byte to the answer's head
   * @param note what a person should know: where a redirect leads, why it failed; may be empty
   */
  void exchanged(RequestLine request, int status, Duration took, String note);
}
