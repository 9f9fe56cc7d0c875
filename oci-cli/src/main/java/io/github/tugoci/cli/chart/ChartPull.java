package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ConnectedCommand;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pull",
    description = {
      "Pull a chart, as NAME-VERSION.tgz or unpacked.",
      "Without a version, the newest that is not a prerelease is pulled."
    },
    footer = {
      "  tug chart pull oci://ghcr.io/acme/charts/shop --version 1.2.0 -d build",
      "  tug chart pull oci://ghcr.io/acme/charts/shop:1.2.0 --untar",
      "  tug chart pull --repo https://charts.example.com shop --version ^1",
      "  tug chart pull oci://ghcr.io/acme/charts/shop --verify --keyring alice.gpg"
    })
public final class ChartPull extends ConnectedCommand {
  @Parameters(
      paramLabel = "oci://HOST/PATH/NAME[:V][@D]",
      description =
          "The chart; or oci:DIR[:V] in a layout, https://…/NAME-V.tgz on a web server, a name in"
              + " --repo's repository.")
  private String reference;

  @Mixin private RepoOption repo = new RepoOption();

  @Mixin private ChartPullChoices choices = new ChartPullChoices();

  @Option(
      names = {"-d", "--destination"},
      paramLabel = "DIR",
      description = "Write the chart to this folder (default: the current one).")
  private Path destination = Path.of(".");

  @Option(names = "--prov", description = "Pull the provenance too, into a .prov file beside it.")
  private boolean provenance;

  @Override
  public void run(CommandContext session) throws IOException {
    var pull = choices.options(session).provenance(provenance).build();
    var web = repo.find(reference, session);
    if (web.isPresent()) {
      print(web.get().pull(session, options(), choices.version(), destination, pull), session);
      return;
    }
    var location = ChartReference.parse(repo.reference(reference, session));
    try (var connection = connect(session, location)) {
      var found = choices.version().choose(connection, location);
      var manifest = found.store().manifest(found.selector());
      pull(found, manifest, destination, pull, session);
    }
  }

  /**
   * Pulls a chart, whichever command asks for it, and prints what came of it.
   *
   * @param manifest its manifest, which was read already
   * @param destination the folder that it is written to
   */
  public static void pull(
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
