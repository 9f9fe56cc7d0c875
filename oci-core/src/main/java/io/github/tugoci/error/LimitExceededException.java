package io.github.tugoci.error;

/** Content that exceeds a limit. It may be valid otherwise. */
public final class LimitExceededException extends InvalidContentException {
  private static final long serialVersionUID = 1L;

  /** Names the content and the limit that it exceeds. */
  public LimitExceededException(String message) {
    super(message);
  }
}
