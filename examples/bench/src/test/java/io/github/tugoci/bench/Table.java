package io.github.tugoci.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured, as Markdown: the median of each row, and between what it lies. */
final class Table {
  /** Something to be measured. */
  interface Work {
    void run() throws Exception;
  }

  private final Map<String, List<Double>> rows = new LinkedHashMap<>();

  /** Takes the seconds that work needs; those of a warm-up are dropped. */
  void seconds(String row, boolean warmUp, Work work) throws Exception {
    add(row + " | s", warmUp, time(work));
  }

  /** Takes how often in a second something is done that work does a number of times. */
  void rate(String row, boolean warmUp, int times, Work work) throws Exception {
    add(row + " | 1/s", warmUp, times / time(work));
  }

  private static double time(Work work) throws Exception {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e9;
  }

  private void add(String row, boolean warmUp, double value) {
    var values = rows.computeIfAbsent(row, key -> new ArrayList<>());
    if (!warmUp) {
      values.add(value);
    }
  }

  @Override
  public String toString() {
    var text = new StringBuilder("| what | with | unit | median | least | most |\n");
    text.append("|---|---|---|--:|--:|--:|\n");
    rows.forEach(
        (row, values) -> {
          var sorted = values.stream().sorted().toList();
          text.append("| ").append(row);
          for (var value :
              List.of(
                  sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1))) {
            text.append(String.format(Locale.ROOT, value < 100 ? " | %.2f" : " | %.0f", value));
          }
          text.append(" |\n");
        });
    return text.toString();
  }
}
