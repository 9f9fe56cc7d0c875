package io.github.tugoci.error;

import org.jspecify.annotations.Nullable;

/** A chart that Helm refuses: a file or a field of it breaks a rule, or it is not a chart. */
public final class InvalidChartException extends OciException {
  private static final long serialVersionUID = 1L;

  /** Names the chart's part that is wrong, and how. */
  public InvalidChartException(String message) {
    this(message, null);
  }

  /** Names the chart's part that is wrong, and how, with the fault that a parser found. */
  public InvalidChartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The same fault with the place of the chart before its message. */
  public InvalidChartException in(String where) {
    return new InvalidChartException(where + ": " + getMessage(), this);
  }
}
