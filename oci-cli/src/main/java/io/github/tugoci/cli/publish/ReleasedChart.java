package io.github.tugoci.cli.publish;

import io.github.tugoci.cli.connect.ChartLimitsOption;
import io.github.tugoci.cli.connect.LocalChart;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartMetadata;
import io.github.tugoci.helm.SemanticVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The chart that is published, and which version it becomes. */
final class ReleasedChart {
  @Option(
      names = "--chart",
      paramLabel = "CHART",
      description =
          "Publish this chart: a directory, or a package (.tgz), which is pushed as it is.")
  private @Nullable Path chart;

  @Option(
      names = "--chart-version",
      paramLabel = "V",
      description =
          "Set the chart's version (default: a package's own; for a directory, Chart.yaml's with"
              + " the tag as prerelease).")
  private @Nullable String chartVersion;

  @Option(
      names = "--app-version",
      paramLabel = "V",
      description =
          "Set the version of what the chart installs (default: a package's own; for a directory,"
              + " the tag).")
  private @Nullable String appVersion;

  @Mixin private ChartLimitsOption limits = new ChartLimitsOption();

  boolean isGiven() {
    return chart != null;
  }

  /**
   * The chart as a package; null if there is none. A package that is given goes as it is, so that
   * its provenance stays true, unless another version is asked for.
   *
   * @param tag the images' tag, from which a directory's versions follow
   */
  @Nullable ChartArchive open(String tag, CommandContext session) throws IOException {
    if (chart == null) {
      return null;
    }
    boolean directory = Files.isDirectory(chart);
    if (!Files.exists(chart) || (!directory && chartVersion == null && appVersion == null)) {
      return LocalChart.open(chart, limits.limits(), session.environment(), session::warn);
    }
    var source = Chart.read(chart, limits.limits());
    var version =
        chartVersion == null && directory ? extended(source.metadata(), tag) : chartVersion;
    var app = appVersion == null && directory ? tag : appVersion;
    var released = LocalChart.withVersions(source, version, app);
    return LocalChart.packaged(released, session.environment(), session::warn);
  }

  private static String extended(ChartMetadata metadata, String tag) {
    try {
      return SemanticVersion.parse(metadata.version()).orElseThrow().withPrerelease(tag).toString();
    } catch (IllegalArgumentException e) {
      throw InvalidInputException.of(e, "set a shorter one with --chart-version");
    }
  }
}
