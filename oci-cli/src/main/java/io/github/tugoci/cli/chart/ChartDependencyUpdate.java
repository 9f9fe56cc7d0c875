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
    name = "update",
    description = {
      "Resolve anew what a chart needs, fetch it into its directory charts and write Chart.lock.",
      "Archives there that it doesn't need are removed, and Chart.lock where it needs nothing any"
          + " more. What was fetched before is taken from the"
          + " cache. Repositories: oci://, https:// with an index.yaml, file://, and names that"
          + " Helm's repositories.yaml has."
    },
    footer = {"  tug chart dependency update helm/shop"})
public final class ChartDependencyUpdate implements CliCommand {
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
            session, options, verify, limits, directory, sources -> sources.update(directory));
    session.output().print(new ResolvedReport(directory, found));
    ChartWarnings.of(found).forEach(session.output()::warn);
  }
}
