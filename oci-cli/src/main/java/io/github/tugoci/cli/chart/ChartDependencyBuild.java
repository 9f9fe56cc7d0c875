package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ChartLimitsOption;
import io.github.tugoci.cli.connect.ChartSourceOptions;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "build",
    description = {
      "Fetch the versions that Chart.lock names into a chart's directory charts.",
      "Without a lock it does what update does; a lock of other dependencies is an error."
    },
    footer = {"  tug chart dependency build helm/shop"})
public final class ChartDependencyBuild implements CliCommand {
  @Mixin private ChartSourceOptions options = new ChartSourceOptions();

  @Mixin private VerifyOptions verify = new VerifyOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "The chart's directory (default: here).")
  private Path directory = Path.of(".");

  @Mixin private ChartLimitsOption limits = new ChartLimitsOption();

  @Override
  public void run(CommandContext session) throws IOException {
    var found =
        DependencySources.use(
            session, options, verify, limits, directory, sources -> sources.build(directory));
    session.output().print(new ResolvedReport(directory, found));
    ChartWarnings.of(found).forEach(session.output()::warn);
  }
}
