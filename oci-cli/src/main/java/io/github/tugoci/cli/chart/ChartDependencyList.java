package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.Output;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.dependency.Dependencies;
import io.github.tugoci.dependency.DependencyList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "list",
    description = {
      "List what a chart needs, and what of it is there.",
      "The status is Helm's: ok, unpacked, missing, wrong version, invalid version, too many"
          + " matches, corrupt or misnamed."
    },
    footer = {"  tug chart dependency list helm/shop"})
public final class ChartDependencyList implements CliCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "The chart's directory (default: here).")
  private Path directory = Path.of(".");

  @Override
  public void run(CommandContext session) throws IOException {
    var list = Dependencies.list(directory);
    session.output().print(new Listed(list.dependencies()));
    warn(session.output(), list);
  }

  private void warn(Output output, DependencyList list) {
    if (list.dependencies().isEmpty()) {
      output.warn(directory + " has no dependencies");
    }
    list.unreadable().forEach(path -> output.warn(path + " is not a chart"));
    list.unlisted().forEach(path -> output.warn(path + " is not in Chart.yaml"));
  }

  private record Listed(List<DependencyList.Entry> entries) implements Result {
    @Override
    public List<String> text() {
      var rows = new ArrayList<List<String>>();
      rows.add(List.of("NAME", "VERSION", "REPOSITORY", "STATUS"));
      entries.forEach(entry -> rows.add(row(entry)));
      return entries.isEmpty() ? List.of() : table(rows);
    }

    private static List<String> row(DependencyList.Entry entry) {
      var dependency = entry.dependency();
      return List.of(
          dependency.name(),
          dependency.version(),
          dependency.repository(),
          entry.status().toString());
    }

    private static List<String> table(List<List<String>> rows) {
      var widths = new int[rows.get(0).size()];
      for (var row : rows) {
        for (int i = 0; i < widths.length; i++) {
          widths[i] = Math.max(widths[i], row.get(i).length());
        }
      }
      return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
      var line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      return line.toString().stripTrailing();
    }

    @Override
    public Map<String, ?> json() {
      return Map.of("dependencies", entries.stream().map(Listed::json).toList());
    }

    private static Map<String, Object> json(DependencyList.Entry entry) {
      var json = new LinkedHashMap<String, Object>();
      json.put("name", entry.dependency().name());
      json.put("version", entry.dependency().version());
      json.put("repository", entry.dependency().repository());
      json.put("status", entry.status().toString());
      return json;
    }
  }
}
