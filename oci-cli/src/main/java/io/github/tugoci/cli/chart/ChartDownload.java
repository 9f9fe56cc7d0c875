package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.client.Source;
import io.github.tugoci.dependency.FetchedChart;
import io.github.tugoci.helm.ChartMedia;
import io.github.tugoci.helm.ChartMetadata;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.helm.SemanticVersion;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.nio.file.Path;

/** The pull of one chart, whichever command it is asked for by. */
public final class ChartDownload {
  private ChartDownload() {}

  /**
   * Pulls a chart and prints what came of it.
   *
   * @param manifest its manifest, which was read already
   * @param destination the folder that it is written to
   */
  public static void run(
      Source source,
      Manifest manifest,
      Path destination,
      ChartPullOptions options,
      CommandContext session)
      throws IOException {
    var pulled = Charts.pull(source.store(), manifest, source.name(), destination, options);
    if (pulled.layer().mediaType().equals(ChartMedia.OLD_CONTENT)) {
      session.warn("outdated media type: %s; push the chart again".formatted(source.name()));
    }
    warnOfVersion(source, pulled.metadata().version(), session);
    print(source.name(), pulled.path(), pulled.metadata(), pulled.manifest().digest(), session);
  }

  /** A tag can be moved to a chart of another version, and who asked for the one got the other. */
  private static void warnOfVersion(Source source, String version, CommandContext session) {
    var asked = source.tag().map(SemanticVersion::fromTag).flatMap(SemanticVersion::parseStrict);
    var got = SemanticVersion.parse(version);
    if (asked.isPresent() && got.isPresent() && asked.get().compareTo(got.get()) != 0) {
      session.warn(
          "version mismatch: %s holds version %s by its Chart.yaml"
              .formatted(source.name(), version));
    }
  }

  /** Prints what came of the pull of a chart that a web server or a chart repository has. */
  static void print(FetchedChart chart, CommandContext session) {
    var archive = chart.archive();
    print(chart.reference(), archive.path(), archive.metadata(), chart.digest(), session);
  }

  private static void print(
      String reference, Path path, ChartMetadata metadata, Digest digest, CommandContext session) {
    session.print(
        new Pulled(path, reference, digest, metadata.name(), metadata.version()),
        "Chart: " + path,
        "Pulled: " + reference,
        "Digest: " + digest);
  }

  private record Pulled(Path path, String reference, Digest digest, String name, String version)
      implements JsonRecord {}
}
