package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ChartLimitsOption;
import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.helm.ChartPullOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pull",
    description = {
      "Pull a chart, as NAME-VERSION.tgz or unpacked.",
      "Without a version, the newest that is no prerelease."
    },
    footer = {
      "  tug chart pull oci://ghcr.io/acme/charts/shop --version 1.2.0 -d build",
      "  tug chart pull oci://ghcr.io/acme/charts/shop:1.2.0 --untar",
      "  tug chart pull --repo https://charts.example.com shop --version ^1",
      "  tug chart pull oci://ghcr.io/acme/charts/shop --verify --keyring alice.gpg"
    })
public final class ChartPull implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(
      paramLabel = "oci://HOST/PATH/NAME[:V][@D]",
      description =
          "The chart; or oci:DIR[:V] in a layout, https://…/NAME-V.tgz on a web server, a name in"
              + " --repo's repository.")
  private String reference;

  @Mixin private RepoOption repo = new RepoOption();

  @Option(
      names = "--version",
      paramLabel = "V",
      description = "A version, or a constraint such as ^1.2 or \">=1.0, <2\".")
  private @Nullable String version;

  @Option(names = "--devel", description = "Prereleases too, where no version is given.")
  private boolean devel;

  @Option(
      names = {"-d", "--destination"},
      paramLabel = "DIR",
      description = "Where to write it (default: here).")
  private Path destination = Path.of(".");

  @Option(names = "--untar", description = "Unpack it into a folder of its name.")
  private boolean untar;

  @Option(names = "--prov", description = "Its provenance too, into a .prov file beside it.")
  private boolean provenance;

  @Mixin private VerifyOptions verify = new VerifyOptions();

  @Mixin private ChartLimitsOption limits = new ChartLimitsOption();

  @Override
  public void run(CommandContext session) throws IOException {
    var check = verify.check(session);
    var wanted =
        ChartPullOptions.builder()
            .limits(limits.limits())
            .untar(untar)
            .provenance(provenance)
            .check(check)
            .build();
    var web = repo.find(reference, session);
    if (web.isPresent()) {
      ChartDownload.print(
          web.get().pull(session, options, version, devel, destination, wanted), session);
      return;
    }
    var location = ChartReference.parse(repo.reference(reference, session));
    try (var connection = options.open(session, Hosts.of(location))) {
      var found = ChartChoice.of(connection, location, version, devel);
      var manifest = found.store().manifest(found.selector());
      ChartDownload.run(found, manifest, destination, wanted, session);
    }
  }
}
