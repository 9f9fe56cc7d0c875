package io.github.tugoci.helm;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A chart that Helm would refuse: it breaks a rule, or what was given is no chart at all. */
public final class InvalidChartException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says which chart is wrong, and how. */
  public InvalidChartException(String message) {
    this(message, null);
  }

  /** Says which chart is wrong, and how, with the fault that a parser found. */
  public InvalidChartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The same fault, of something inside of what the caller knows. */
  InvalidChartException in(String where) {
    return new InvalidChartException(where + ": " + getMessage(), this);
  }
}
