package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.helm.ChartTimestamps;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;

/** Which times the files of a package get. */
enum ChartTimes {
  /** Always the same, or SOURCE_DATE_EPOCH's. */
  FIXED,
  /** Those of the files. */
  SOURCE,
  /** Now, as Helm 3 does. */
  NOW;

  ChartTimestamps timestamps(Environment environment) {
    return switch (this) {
      case FIXED -> ChartTimestamps.at(fixed(environment));
      case SOURCE -> ChartTimestamps.source();
      case NOW -> ChartTimestamps.at(Instant.now());
    };
  }

  /** The one time for what is to be the same everywhere (reproducible-builds.org). */
  static Instant fixed(Environment environment) {
    var epoch = environment.variable("SOURCE_DATE_EPOCH");
    try {
      return epoch
          .map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds.strip())))
          .orElse(ChartTimestamps.LONG_AGO);
    } catch (NumberFormatException | DateTimeException e) {
      throw new InvalidInputException(
          "SOURCE_DATE_EPOCH is no number of seconds: " + epoch.orElse(""), null, e);
    }
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
