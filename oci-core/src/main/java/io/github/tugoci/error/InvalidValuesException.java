package io.github.tugoci.error;

import org.jspecify.annotations.Nullable;

/** Values given for a chart ({@code --set}, {@code -f}) that can't be parsed. */
public final class InvalidValuesException extends OciException {
  private static final long serialVersionUID = 1L;

  /** Quotes the text that is wrong, and says how. */
  public InvalidValuesException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
