package io.github.tugoci.cli.image;

import io.github.tugoci.cli.shell.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines for a person: names and values, aligned. */
final class InspectReport {
  private static final int NAME = 15;

  private final List<String> lines = new ArrayList<>();

  /** A name and its value, if there is one. */
  void line(String name, @Nullable Object value) {
    if (value != null && !value.toString().isEmpty()) {
      lines.add(TextTable.pad(name + ":", NAME) + value);
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
    if (!rows.isEmpty()) {
      lines.add(title + ":");
      TextTable.lines(rows).forEach(line -> lines.add("  " + line));
    }
  }

  List<String> lines() {
    return lines;
  }
}
