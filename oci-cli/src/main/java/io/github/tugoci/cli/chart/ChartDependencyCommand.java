package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.shell.CommandGroup;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tug chart dependency}. */
@Command(name = "dependency", description = "List, update or build the charts that a chart needs.")
public final class ChartDependencyCommand implements CommandGroup {
  @Override
  public List<Class<?>> commands() {
    return List.of(
        ChartDependencyList.class, ChartDependencyUpdate.class, ChartDependencyBuild.class);
  }
}
