package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.RepositoryName;
import java.util.Locale;

/** Names of charts, of which Helm packages some that no registry takes. */
public final class ChartName {
  private ChartName() {}

  /**
   * A chart's name as the last part of its repository's.
   *
   * @throws InvalidInputException if a repository can't have it
   */
  public static String inRegistry(String chart) {
    try {
      return new RepositoryName(chart).value();
    } catch (InvalidReferenceException e) {
      var lower = chart.toLowerCase(Locale.ROOT);
      throw new InvalidInputException(
          "invalid chart name \"%s\" for a registry: it %s at character %d"
              .formatted(chart, e.fault(), e.position() + 1),
          lower.equals(chart)
              ? "change name in Chart.yaml: lower-case letters and digits, with '-', '.' or '_'"
                  + " between them"
              : "change name in Chart.yaml to \"" + lower + "\"",
          e);
    }
  }
}
