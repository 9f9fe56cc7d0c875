package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.shell.Group;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tug chart dependency}. */
@Command(name = "dependency", description = "List, update or build the charts that a chart needs.")
public final class ChartDependencyCommand implements Group {
  @Override
  public List<Class<?>> commands() {
    return List.of(
        ChartDependencyList.class, ChartDependencyUpdate.class, ChartDependencyBuild.class);
  }
}
