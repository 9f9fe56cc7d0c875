package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.Source;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.dependency.FetchedChart;
import io.github.tugoci.helm.ChartMedia;
import io.github.tugoci.helm.ChartMetadata;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.helm.PulledChart;
import io.github.tugoci.helm.SemanticVersion;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.FileName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
      session.output().warn(source.name() + " has the old type of charts; push it again");
    }
    warnOfVersion(source, pulled.metadata().version(), session);
    session.output().print(new Pulled(source.name(), pulled));
  }

  /** A tag can be moved to a chart of another version, and who asked for the one got the other. */
  private static void warnOfVersion(Source source, String version, CommandContext session) {
    var asked = source.tag().map(SemanticVersion::fromTag).flatMap(SemanticVersion::parseStrict);
    var got = SemanticVersion.parse(version);
    if (asked.isPresent() && got.isPresent() && asked.get().compareTo(got.get()) != 0) {
      session
          .output()
          .warn("%s is a chart of version %s by its Chart.yaml".formatted(source.name(), version));
    }
  }

  /** Prints what came of the pull of a chart that a web server or a chart repository has. */
  static void print(FetchedChart chart, CommandContext session) {
    var archive = chart.archive();
    session
        .output()
        .print(new Pulled(chart.reference(), archive.path(), archive.metadata(), chart.digest()));
  }

  private record Pulled(String reference, Path path, ChartMetadata metadata, Digest digest)
      implements Result {
    Pulled(String reference, PulledChart chart) {
      this(reference, chart.path(), chart.metadata(), chart.manifest().digest());
    }

    @Override
    public List<String> text() {
      return List.of("Chart: " + path, "Pulled: " + reference, "Digest: " + digest);
    }

    @Override
    public Map<String, ?> json() {
      var json = new LinkedHashMap<String, Object>();
      json.put("path", FileName.printable(path));
      json.put("reference", reference);
      json.put("digest", digest.toString());
      json.put("name", metadata.name());
      json.put("version", metadata.version());
      return json;
    }
  }
}
