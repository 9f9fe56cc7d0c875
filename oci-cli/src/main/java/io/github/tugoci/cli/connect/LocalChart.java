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
import org.jspecify.annotations.Nullable;

/**
 * A chart on the disk as it is pushed: a package, or one that is made of a directory and goes away
 * when this is closed.
 *
 * @param archive the package
 * @param folder the folder that was made for it, or null
 */
public record LocalChart(ChartArchive archive, @Nullable Path folder) implements AutoCloseable {
  /**
   * Opens a package, or packages a directory.
   *
   * @param warnings told what is likely to be wrong with a directory
   */
  public static LocalChart open(
      Path chart, ChartLimits limits, Environment environment, Consumer<String> warnings)
      throws IOException {
    if (!Files.exists(chart)) {
      throw new NoSuchFileException(chart.toString());
    }
    return Files.isDirectory(chart)
        ? packaged(Chart.read(chart, limits), environment, warnings)
        : new LocalChart(ChartArchive.open(chart, limits), null);
  }

  /** Packages a chart, the same everywhere; files have {@code SOURCE_DATE_EPOCH}'s time. */
  public static LocalChart packaged(Chart chart, Environment environment, Consumer<String> warnings)
      throws IOException {
    warn(chart, warnings);
    var time = environment.sourceDate().orElse(ChartTimestamps.LONG_AGO);
    var folder = Files.createTempDirectory("tug-");
    try {
      return new LocalChart(
          ChartPackager.with(ChartTimestamps.at(time)).write(chart, folder), folder);
    } catch (IOException | RuntimeException e) {
      delete(folder);
      throw e;
    }
  }

  /** Tells what is likely to be wrong with a chart's dependencies. */
  public static void warn(Chart chart, Consumer<String> warnings) throws IOException {
    for (var finding : DependencyLint.lint(chart)) {
      warnings.accept(
          "%s: %s: %s".formatted(chart.metadata().name(), finding.path(), finding.message()));
    }
  }

  @Override
  public void close() throws IOException {
    if (folder != null) {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
