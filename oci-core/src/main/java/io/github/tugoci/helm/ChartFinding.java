package io.github.tugoci.helm;

import java.util.Locale;

/**
 * Something that {@link ChartLint} found.
 *
 * @param severity how bad it is
 * @param path the file or directory in the chart
 * @param message what is wrong
 */
public record ChartFinding(Severity severity, String path, String message) {
  /** How bad a finding is. */
  public enum Severity {
    /** It could be better. */
    INFO,
    /** It is likely to be wrong. */
    WARNING,
    /** Helm refuses it, or it can't work. */
    ERROR;

    /** In lower case. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
