package io.github.tugoci.cli.chart;

import picocli.CommandLine.Command;

/** {@code tug chart dependency}. */
@Command(
    name = "dependency",
    description = "List, update or build the charts that a chart needs.",
    subcommands = {
      ChartDependencyList.class,
      ChartDependencyUpdate.class,
      ChartDependencyBuild.class
    })
public final class ChartDependencyCommand {}
