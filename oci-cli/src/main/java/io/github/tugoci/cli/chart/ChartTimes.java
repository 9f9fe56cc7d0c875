package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.helm.ChartTimestamps;
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

  /** The one time for what is to be the same everywhere. */
  static Instant fixed(Environment environment) {
    return environment.sourceDate().orElse(ChartTimestamps.LONG_AGO);
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
