package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartLimits;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.helm.ChartTimestamps;
import io.github.tugoci.helm.DependencyLint;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
    return ChartPackager.with(ChartTimestamps.at(time(environment))).pack(chart);
  }

  /** {@code SOURCE_DATE_EPOCH}'s time, or a constant. */
  public static Instant time(Environment environment) {
    return environment.sourceDate().orElse(ChartTimestamps.LONG_AGO);
  }

  /** A chart with another version, or another one of what it installs; null leaves one as it is. */
  public static Chart withVersions(Chart chart, @Nullable String version, @Nullable String app)
      throws InvalidChartException {
    var metadata = chart.metadata();
    var changed = version == null ? metadata : metadata.withVersion(version);
    return chart.withMetadata(app == null ? changed : changed.withAppVersion(app));
  }

  /** Tells what is likely to be wrong with a chart's dependencies. */
  public static void warn(Chart chart, Consumer<String> warnings) throws IOException {
    for (var finding : DependencyLint.lint(chart)) {
      warnings.accept(
          "%s: %s: %s".formatted(chart.metadata().name(), finding.path(), finding.message()));
    }
  }

  /**
   * A chart's name as the last part of its repository's.
   *
   * @throws InvalidInputException if a repository can't have it
   */
  public static String nameInRegistry(String chart) {
    try {
      return new RepositoryName(chart).value();
    } catch (InvalidReferenceException e) {
      var lower = chart.toLowerCase(Locale.ROOT);
      throw new InvalidInputException(
          "invalid chart name \"%s\" for a registry: it %s at character %d"
              .formatted(chart, e.fault(), e.position() + 1),
          lower.equals(chart)
              ? "change name in Chart.yaml: lower-case letters and digits, with '-', '.' or '_'"
                  + " between them"
              : "change name in Chart.yaml to \"" + lower + "\"",
          e);
    }
  }
}
