package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.shell.CommandContext;
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
      ChartDownload.print(
          web.get().pull(session, options(), choices.version(), destination, pull), session);
      return;
    }
    var location = ChartReference.parse(repo.reference(reference, session));
    try (var connection = connect(session, location)) {
      var found = ChartChoice.of(connection, location, choices.version());
      var manifest = found.store().manifest(found.selector());
      ChartDownload.run(found, manifest, destination, pull, session);
    }
  }
}
