package io.github.tugoci.error;

/** Something is there already and was not to be overwritten. Nothing was changed. */
public final class AlreadyExistsException extends OciException {
  private static final long serialVersionUID = 1L;

  /** Names what exists. */
  public AlreadyExistsException(String message) {
    super(message, null);
  }
}
