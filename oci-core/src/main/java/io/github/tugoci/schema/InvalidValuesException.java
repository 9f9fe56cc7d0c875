package io.github.tugoci.schema;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Values that a user gives and that can't be read. */
public final class InvalidValuesException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says which text is wrong, and how. */
  public InvalidValuesException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
