package io.github.tugoci.error;

/** Content is larger than a limit that is set for it. It may be all right otherwise. */
public final class LimitExceededException extends InvalidContentException {
  private static final long serialVersionUID = 1L;

  /** Says what is too large, and which limit it passes. */
  public LimitExceededException(String message) {
    super(message);
  }
}
