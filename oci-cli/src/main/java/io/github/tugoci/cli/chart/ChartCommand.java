package io.github.tugoci.cli.chart;

import picocli.CommandLine.Command;

/** {@code tug chart}. */
@Command(
    name = "chart",
    description = "Package, push, pull, list, show and lint Helm charts, without Helm.",
    subcommands = {
      ChartPackage.class,
      ChartPush.class,
      ChartPull.class,
      ChartVersionsCommand.class,
      ChartShow.class,
      ChartLintCommand.class,
      ChartVerify.class,
      ChartDependencyCommand.class
    })
public final class ChartCommand {}
