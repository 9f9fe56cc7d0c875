package io.github.tugoci.cli.shell;

import java.util.List;

/** Rows as lines in which each column but the last is as wide as its widest cell. */
public final class TextTable {
  private static final String GAP = "  ";

  private TextTable() {}

  public static List<String> lines(List<List<String>> rows) {
    return rows.stream().map(row -> line(row, rows)).toList();
  }

  private static String line(List<String> row, List<List<String>> rows) {
    var line = new StringBuilder();
    for (int i = 0; i < row.size() - 1; i++) {
      line.append(pad(row.get(i), width(rows, i))).append(GAP);
    }
    return line.append(row.get(row.size() - 1)).toString().stripTrailing();
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  /** A text, with spaces behind it up to a width. */
  public static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
