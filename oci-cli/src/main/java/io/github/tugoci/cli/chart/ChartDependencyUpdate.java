package io.github.tugoci.cli.chart;

import io.github.tugoci.dependency.Dependencies;
import io.github.tugoci.dependency.ResolvedDependencies;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;

@Command(
    name = "update",
    description = {
      "Resolve a chart's dependencies, fetch them into its directory charts and write Chart.lock.",
      "Archives there that aren't needed are removed, and Chart.lock if there are no dependencies."
          + " What was fetched before is taken from the cache. Repositories: oci://, https:// with an"
          + " index.yaml, file://, and names in Helm's repositories.yaml."
    },
    footer = {"  tug chart dependency update helm/shop"})
public final class ChartDependencyUpdate extends DependencyCommand {
  @Override
  ResolvedDependencies fetch(Dependencies sources, Path chart) throws IOException {
    return sources.update(chart);
  }
}
