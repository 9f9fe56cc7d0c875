package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartLimits;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.helm.ChartTimestamps;
import io.github.tugoci.helm.DependencyLint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A chart on the disk as it is pushed: a package, or one that is made of a directory in memory. */
public final class LocalChart {
  private LocalChart() {}

  /**
   * Opens a package, or packages a directory.
   *
   * @param warnings told what is likely to be wrong with a directory
   */
  public static ChartArchive open(
      Path chart, ChartLimits limits, Environment environment, Consumer<String> warnings)
      throws IOException {
    if (!Files.exists(chart)) {
      throw new NoSuchFileException(chart.toString());
    }
    return Files.isDirectory(chart)
        ? packaged(Chart.read(chart, limits), environment, warnings)
        : ChartArchive.open(chart, limits);
  }

  /** Packages a chart, the same everywhere; files have {@code SOURCE_DATE_EPOCH}'s time. */
  public static ChartArchive packaged(
      Chart chart, Environment environment, Consumer<String> warnings) throws IOException {
    warn(chart, warnings);
    var time = environment.sourceDate().orElse(ChartTimestamps.LONG_AGO);
    return ChartPackager.with(ChartTimestamps.at(time)).pack(chart);
  }

  /** Tells what is likely to be wrong with a chart's dependencies. */
  public static void warn(Chart chart, Consumer<String> warnings) throws IOException {
    for (var finding : DependencyLint.lint(chart)) {
      warnings.accept(
          "%s: %s: %s".formatted(chart.metadata().name(), finding.path(), finding.message()));
    }
  }
}
