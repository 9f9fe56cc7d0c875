package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.helm.ChartMedia;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.helm.PulledChart;
import io.github.tugoci.reference.FileName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      "  tug chart pull oci://ghcr.io/acme/charts/shop --verify --keyring alice.gpg"
    })
public final class ChartPull implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(
      paramLabel = "oci://HOST/PATH/NAME[:V][@D]",
      description = "The chart; or oci:DIR[:V] in a layout.")
  private String reference;

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

  @Option(
      names = "--verify",
      description =
          "Keep it only if a key of the keyring signed it; its .prov file is written beside it.")
  private boolean verify;

  @Mixin private KeyringOption keyring = new KeyringOption();

  @Override
  public void run(CommandContext session) throws IOException {
    if (keyring.given() && !verify) {
      throw new InvalidInputException("--keyring belongs to --verify", "add --verify");
    }
    var location = ChartReference.parse(reference);
    try (var connection = options.open(session, Hosts.of(location))) {
      var found = ChartChoice.of(connection, location, version, devel);
      var pulled = Charts.pull(found.store(), found.selector(), destination, pullOptions(session));
      if (pulled.layer().mediaType().equals(ChartMedia.OLD_CONTENT)) {
        session.output().warn(found.name() + " has the old type of charts; push it again");
      }
      session.output().print(new Pulled(found.name(), pulled));
    }
  }

  private ChartPullOptions pullOptions(CommandContext session) throws IOException {
    var wanted = ChartPullOptions.defaults().withUntar(untar).withProvenance(provenance);
    return verify
        ? wanted.withCheck(
            KeyringOption.check(
                keyring.open(session.environment()),
                signed ->
                    session
                        .output()
                        .tell("Signed by: " + String.join(", ", signed.signer().userIds()))))
        : wanted;
  }

  private record Pulled(String reference, PulledChart chart) implements Result {
    @Override
    public List<String> text() {
      return List.of(
          "Chart: " + chart.path(), "Pulled: " + reference, "Digest: " + chart.manifest().digest());
    }

    @Override
    public Map<String, ?> json() {
      var json = new LinkedHashMap<String, Object>();
      json.put("path", FileName.printable(chart.path()));
      json.put("reference", reference);
      json.put("digest", chart.manifest().digest().toString());
      json.put("name", chart.metadata().name());
      json.put("version", chart.metadata().version());
      return json;
    }
  }
}
