package io.github.tugoci.cli.chart;

import picocli.CommandLine.Command;

/** {@code tug chart}. */
@Command(
    name = "chart",
    description = "Package, push and pull Helm charts, without Helm.",
    subcommands = {ChartPackage.class, ChartPush.class, ChartPull.class})
public final class ChartCommand {}
