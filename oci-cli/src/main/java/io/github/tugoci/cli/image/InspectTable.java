package io.github.tugoci.cli.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines for a person: names and values, aligned. What others wrote can't steer the terminal. */
final class InspectTable {
  private static final int NAME = 15;
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};

  private final List<String> lines = new ArrayList<>();

  /** A name and its value, if there is one. */
  void line(String name, @Nullable Object value) {
    if (value != null && !value.toString().isEmpty()) {
      lines.add(pad(name + ":", NAME) + value);
    }
  }

  /** Names and values under a title, if there are some. */
  void pairs(String title, Map<String, String> pairs) {
    table(
        title,
        pairs.entrySet().stream().map(e -> List.of(e.getKey() + "=" + e.getValue())).toList());
  }

  /** Rows under a title, in columns, if there are some. */
  void table(String title, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    lines.add(title + ":");
    for (var row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        boolean last = i == row.size() - 1;
        line.append("  ").append(last ? row.get(i) : pad(row.get(i), width(rows, i)));
      }
      lines.add(line.toString());
    }
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  List<String> lines() {
    return lines;
  }

  /** Text of a value that may be missing. */
  static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  /** A number of bytes, also in a unit that can be read. */
  static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double number = bytes / 1024.0;
    int unit = 0;
    for (; number >= 1024 && unit < UNITS.length - 1; unit++) {
      number /= 1024;
    }
    return String.format(Locale.ROOT, "%.1f %s", number, UNITS[unit]);
  }
}
