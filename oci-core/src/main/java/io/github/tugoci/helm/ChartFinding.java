package io.github.tugoci.helm;

import java.util.Locale;

/**
 * A finding of {@link ChartLint}.
 *
 * @param severity how bad it is
 * @param path the file or directory in the chart
 * @param message what is wrong
 * @param rules whose rule says so
 */
public record ChartFinding(Severity severity, String path, String message, Rules rules) {
  /** A finding by a rule of Helm 3 and Helm 4. */
  public ChartFinding(Severity severity, String path, String message) {
    this(severity, path, message, Rules.HELM);
  }

  /** The lint whose rule a finding follows. */
  public enum Rules {
    /** Helm 3's and Helm 4's. */
    HELM("Helm"),
    /** Helm 3's; Helm 4 has no such rule. */
    HELM_3("Helm 3"),
    /** Helm 4's; Helm 3 has no such rule. */
    HELM_4("Helm 4"),
    /** Tug's own. */
    TUG("Tug");

    private final String text;

    Rules(String text) {
      this.text = text;
    }

    /** The program's name, with its version where only that one has the rule. */
    @Override
    public String toString() {
      return text;
    }
  }

  /** The severity of a finding. */
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
