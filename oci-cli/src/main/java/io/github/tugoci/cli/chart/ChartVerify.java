package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ChartLimitsOption;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.provenance.Provenance;
import io.github.tugoci.reference.FileName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description = {
      "Verify a package by the .prov file beside it: who signed it, and that it is what was"
          + " signed.",
      "Every key of the keyring is believed."
    },
    footer = {
      "  gpg --export alice@example.com > alice.gpg",
      "  tug chart verify shop-1.2.0.tgz --keyring alice.gpg"
    })
public final class ChartVerify implements CliCommand {
  @Mixin private KeyringOption keyring = new KeyringOption();

  @Parameters(paramLabel = "TGZ", description = "The package.")
  private Path file;

  @Mixin private ChartLimitsOption limits = new ChartLimitsOption();

  @Override
  public void run(CommandContext session) throws IOException {
    var archive = ChartArchive.open(file, limits.limits());
    VerifyOptions.verify(
        archive,
        KeyringOption.check(
            keyring.open(session.environment()),
            provenance -> session.output().print(new Verified(archive, provenance))));
  }

  private record Verified(ChartArchive archive, Provenance provenance) implements Result {
    @Override
    public List<String> text() {
      var lines = new ArrayList<String>();
      provenance.signer().userIds().forEach(name -> lines.add("Signed by: " + name));
      lines.add("Fingerprint: " + provenance.signer().fingerprint());
      lines.add("Digest: " + archive.descriptor().digest());
      return lines;
    }

    @Override
    public Map<String, ?> json() {
      var json = new LinkedHashMap<String, Object>();
      json.put("path", FileName.printable(archive.path()));
      json.put("name", archive.metadata().name());
      json.put("version", archive.metadata().version());
      json.put("digest", archive.descriptor().digest().toString());
      json.put("signers", provenance.signer().userIds());
      json.put("fingerprint", provenance.signer().fingerprint());
      return json;
    }
  }
}
