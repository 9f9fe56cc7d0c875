package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.shell.CommandGroup;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "chart",
    description = "Package, push, pull, list, show and lint Helm charts, without Helm.")
public final class ChartCommand implements CommandGroup {
  @Override
  public List<Class<?>> commands() {
    return List.of(
        ChartPackage.class,
        ChartPush.class,
        ChartPull.class,
        ChartVersionsCommand.class,
        ChartShow.class,
        ChartLintCommand.class,
        ChartVerify.class,
        ChartDependencyCommand.class);
  }
}
