package io.github.tugoci.error;

import org.jspecify.annotations.Nullable;

/**
 * Content isn't what it claims to be: its digest or size differs, it is malformed, or it passes a
 * limit. What was received is not kept.
 */
public final class InvalidContentException extends OciException {
  private static final long serialVersionUID = 1L;

  /** Says which content is wrong, and how. */
  public InvalidContentException(String message) {
    this(message, null);
  }

  /** Says which content is wrong, and how, with the fault that a parser found. */
  public InvalidContentException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
