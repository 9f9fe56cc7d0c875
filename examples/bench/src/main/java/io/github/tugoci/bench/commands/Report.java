package io.github.tugoci.bench.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The numbers of all runs, as a table in Markdown and as JSON. */
final class Report {
  /** One row: a piece of work and who did it. */
  private record Row(String work, String tool) {}

  private final Map<String, String> machine = new LinkedHashMap<>();
  private final Map<Row, List<Measured>> rows = new LinkedHashMap<>();
  private final Map<Row, Integer> requests = new LinkedHashMap<>();

  /** Says something about where this was measured. */
  void note(String name, String value) {
    machine.put(name, value.strip());
  }

  void add(String work, String tool, Measured measured) {
    rows.computeIfAbsent(new Row(work, tool), row -> new ArrayList<>()).add(measured);
  }

  void requests(String work, String tool, int count) {
    requests.put(new Row(work, tool), count);
  }

  /** Writes {@code bench.md} and {@code bench.json}; gives the first. */
  String write(Path folder) throws IOException {
    Files.createDirectories(folder);
    var text = markdown();
    Files.writeString(folder.resolve("bench.md"), text);
    Files.writeString(folder.resolve("bench.json"), json());
    return text;
  }

  private String markdown() {
    var text = new StringBuilder();
    machine.forEach(
        (name, value) -> text.append("- ").append(name).append(": ").append(value).append('\n'));
    text.append(
        """

        | work | with | wall s | least–most | CPU s | memory MiB | requests | × best wall |
        |---|---|--:|--:|--:|--:|--:|--:|
        """);
    rows.forEach(
        (row, runs) ->
            text.append(
                "| %s | %s | %s | %s–%s | %s | %s | %s | %s |%n"
                    .formatted(
                        row.work(),
                        row.tool(),
                        number(median(runs, Measured::wall)),
                        number(least(runs)),
                        number(runs.stream().mapToDouble(Measured::wall).max().orElse(0)),
                        number(median(runs, Measured::cpu)),
                        whole(runs.stream().mapToDouble(Measured::memory).max().orElse(0)),
                        requests.containsKey(row) ? requests.get(row) : "",
                        number(median(runs, Measured::wall) / best(row.work())))));
    return text.toString();
  }

  /** The best that another program took than tug and the bare ones. */
  private double best(String work) {
    return rows.entrySet().stream()
        .filter(row -> row.getKey().work().equals(work))
        .filter(
            row ->
                !row.getKey().tool().startsWith("tug") && !row.getKey().tool().startsWith("bare"))
        .mapToDouble(row -> median(row.getValue(), Measured::wall))
        .min()
        .orElse(Double.NaN);
  }

  private String json() {
    var text = new StringBuilder("{\n  \"machine\": {");
    var separator = "";
    for (var entry : machine.entrySet()) {
      text.append(separator).append("\n    ").append(quoted(entry.getKey())).append(": ");
      text.append(quoted(entry.getValue()));
      separator = ",";
    }
    text.append("\n  },\n  \"rows\": [");
    separator = "";
    for (var entry : rows.entrySet()) {
      var row = entry.getKey();
      text.append(separator).append("\n    {\"work\": ").append(quoted(row.work()));
      text.append(", \"tool\": ").append(quoted(row.tool()));
      text.append(", \"requests\": ").append(requests.get(row)).append(", \"runs\": [");
      var between = "";
      for (var run : entry.getValue()) {
        text.append(between);
        text.append(
            "{\"wall\": %s, \"cpu\": %s, \"memory\": %s}"
                .formatted(json(run.wall()), json(run.cpu()), json(run.memory())));
        between = ", ";
      }
      text.append("]}");
      separator = ",";
    }
    return text.append("\n  ]\n}\n").toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + '"';
  }

  private static String json(double value) {
    return Double.isNaN(value) ? "null" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.2f", value);
  }

  private static String whole(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.0f", value);
  }

  private static double median(List<Measured> runs, ToDoubleFunction<Measured> part) {
    var sorted = runs.stream().mapToDouble(part).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static double least(List<Measured> runs) {
    return runs.stream().mapToDouble(Measured::wall).min().orElse(0);
  }
}
