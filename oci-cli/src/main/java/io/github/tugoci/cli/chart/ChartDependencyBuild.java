package io.github.tugoci.cli.chart;

import io.github.tugoci.dependency.Dependencies;
import io.github.tugoci.dependency.ResolvedDependencies;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;

@Command(
    name = "build",
    description = {
      "Fetch the versions that Chart.lock names into a chart's directory charts.",
      "Without a lock it does what update does; a lock of other dependencies is an error."
    },
    footer = {"  tug chart dependency build helm/shop"})
public final class ChartDependencyBuild extends DependencyCommand {
  @Override
  ResolvedDependencies fetch(Dependencies sources, Path chart) throws IOException {
    return sources.build(chart);
  }
}
