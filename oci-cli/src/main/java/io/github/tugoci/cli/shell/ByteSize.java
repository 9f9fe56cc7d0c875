package io.github.tugoci.cli.shell;

import java.util.Locale;

/** How many bytes, as a person reads it. */
public final class ByteSize {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private ByteSize() {}

  /** In the unit that leaves the fewest digits: {@code 812 B}, {@code 3.4 MiB}. */
  public static String text(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double number = bytes / 1024.0;
    int unit = 0;
    while (number >= 1023.95 && unit < UNITS.length - 1) {
      number /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", number, UNITS[unit]);
  }
}
