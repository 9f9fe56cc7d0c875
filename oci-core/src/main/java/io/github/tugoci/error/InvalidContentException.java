package io.github.tugoci.error;

import org.jspecify.annotations.Nullable;

/**
 * Content that doesn't match its descriptor or type: its digest or size differs, it is malformed,
 * or it exceeds a limit. What was received is not kept.
 */
public sealed class InvalidContentException extends OciException
    permits LimitExceededException, SignatureVerificationException {
  private static final long serialVersionUID = 1L;

  private final boolean received;

  /** Names the content and its fault. */
  public InvalidContentException(String message) {
    this(message, null);
  }

  /** Names the content and its fault, with the cause that a parser found. */
  public InvalidContentException(String message, @Nullable Throwable cause) {
    this(message, cause, false);
  }

  private InvalidContentException(String message, @Nullable Throwable cause, boolean received) {
    super(message, cause);
    this.received = received;
  }

  /** The same fault of content that another machine sent. */
  public static InvalidContentException received(String message, @Nullable Throwable cause) {
    return new InvalidContentException(message, cause, true);
  }

  /** Whether another machine sent it: to ask again may help, and it isn't the caller's own file. */
  public boolean isReceived() {
    return received;
  }
}
