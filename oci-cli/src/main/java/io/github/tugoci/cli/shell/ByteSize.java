package io.github.tugoci.cli.shell;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How many bytes, as a person reads it. */
public final class ByteSize {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private static final Pattern WRITTEN =
      Pattern.compile("([0-9]{1,15}) ?(?:([KMGTkmgt])(?:i?[Bb])?|[Bb])?");

  private ByteSize() {}

  /**
   * The bytes that a size stands for: {@code 5MiB}, {@code 5M} and {@code 5242880} are the same.
   * Empty if the text is none.
   */
  public static OptionalLong parse(String text) {
    var matcher = WRITTEN.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    @Nullable String unit = matcher.group(2);
    int shift = unit == null ? 0 : 10 * (1 + "KMGT".indexOf(unit.toUpperCase(Locale.ROOT)));
    return number > Long.MAX_VALUE >> shift
        ? OptionalLong.empty()
        : OptionalLong.of(number << shift);
  }

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
