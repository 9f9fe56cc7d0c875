package io.github.tugoci.error;

import org.jspecify.annotations.Nullable;

/** A file or a directory that can't become an image's layer. */
public final class InvalidLayerException extends OciException {
  private static final long serialVersionUID = 1L;

  /** Names the file or directory, and says what is wrong with it. */
  public InvalidLayerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
