package io.github.tugoci.error;

import java.io.IOException;

/**
 * A failure of the network after all retries: name look-up, refused or reset connections, TLS,
 * time-outs.
 */
public final class NetworkException extends OciException {
  private static final long serialVersionUID = 1L;

  private final RequestLine request;
  private final int attempts;

  /**
   * Describes the last failure of a request.
   *
   * @param message what happened, for a person
   * @param request what was asked
   * @param attempts how often it was tried, from 1
   * @param cause the last failure
   */
  public NetworkException(String message, RequestLine request, int attempts, IOException cause) {
    super(message, cause);
    this.request = request;
    this.attempts = attempts;
  }

  /** The request. */
  public RequestLine request() {
    return request;
  }

  /** The number of attempts, from 1. */
  public int attempts() {
    return attempts;
  }
}
