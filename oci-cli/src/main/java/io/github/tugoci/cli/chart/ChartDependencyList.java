package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.cli.shell.TextTable;
import io.github.tugoci.dependency.Dependencies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "list",
    description = {
      "List a chart's dependencies and their status.",
      "The status is Helm's: ok, unpacked, missing, wrong version, invalid version, too many"
          + " matches, corrupt or misnamed."
    },
    footer = {"  tug chart dependency list helm/shop"})
public final class ChartDependencyList implements CliCommand {
  static final String DIRECTORY = "The chart's directory (default: the current one).";

  @Parameters(arity = "0..1", paramLabel = "DIR", description = DIRECTORY)
  private Path directory = Path.of(".");

  @Override
  public void run(CommandContext session) throws IOException {
    var list = Dependencies.list(directory);
    var entries =
        list.dependencies().stream()
            .map(
                entry ->
                    new Entry(
                        entry.dependency().name(),
                        entry.dependency().version(),
                        entry.dependency().repository(),
                        entry.status().toString()))
            .toList();
    session.print(new Listed(entries), table(entries));
    if (entries.isEmpty()) {
      session.warn("no dependencies: " + directory);
    }
    list.unreadable().forEach(path -> session.warn("not a chart: " + path));
    list.unlisted().forEach(path -> session.warn("not in Chart.yaml: " + path));
  }

  private static List<String> table(List<Entry> entries) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("NAME", "VERSION", "REPOSITORY", "STATUS"));
    entries.forEach(
        entry -> rows.add(List.of(entry.name, entry.version, entry.repository, entry.status)));
    return entries.isEmpty() ? List.of() : TextTable.lines(rows);
  }

  private record Listed(List<Entry> dependencies) implements JsonRecord {}

  private record Entry(String name, String version, String repository, String status)
      implements JsonRecord {}
}
