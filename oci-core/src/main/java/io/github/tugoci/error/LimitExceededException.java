package io.github.tugoci.error;

/** Content that exceeds a limit. It may be valid otherwise. */
public final class LimitExceededException extends InvalidContentException {
  private static final long serialVersionUID = 1L;

  /** Says what is too large, and which limit it passes. */
  public LimitExceededException(String message) {
    super(message);
  }
}
