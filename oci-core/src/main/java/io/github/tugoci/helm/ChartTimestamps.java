package io.github.tugoci.helm;

import java.time.Instant;

/** The modification times of the files in a package. */
@FunctionalInterface
public interface ChartTimestamps {
  /** The time of {@link #fixed()}: the first that a ZIP could tell, long before any chart. */
  Instant LONG_AGO = Instant.ofEpochSecond(315_532_800);

  /** The time of a file in the package. */
  Instant of(Instant modified);

  /** One time for all, always the same: {@link #LONG_AGO}. */
  static ChartTimestamps fixed() {
    return at(LONG_AGO);
  }

  /** One time for all, such as that of SOURCE_DATE_EPOCH, or now, as Helm 3 does. */
  static ChartTimestamps at(Instant time) {
    return modified -> time;
  }

  /** The time at which each file was changed last, as Helm 4 does. */
  static ChartTimestamps source() {
    return modified -> modified;
  }
}
