package io.github.tugoci.error;

/** A target that exists and must not be overwritten. Nothing was changed. */
public final class AlreadyExistsException extends OciException {
  private static final long serialVersionUID = 1L;

  /** Names what exists. */
  public AlreadyExistsException(String message) {
    super(message, null);
  }
}
