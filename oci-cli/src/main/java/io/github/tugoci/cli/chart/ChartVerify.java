package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ChartLimitsOption;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.provenance.Provenance;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description = {
      "Verify a package by the .prov file beside it: who signed it, and that it wasn't changed.",
      "Every key of the keyring is trusted."
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
            provenance -> print(archive, provenance, session)));
  }

  private static void print(ChartArchive archive, Provenance provenance, CommandContext session) {
    var signer = provenance.signer();
    var digest = archive.descriptor().digest();
    var lines = new ArrayList<String>();
    signer.userIds().forEach(name -> lines.add("Signed by: " + name));
    lines.add("Fingerprint: " + signer.fingerprint());
    lines.add("Digest: " + digest);
    session.print(
        new Verified(
            archive.path(),
            archive.metadata().name(),
            archive.metadata().version(),
            digest,
            signer.userIds(),
            signer.fingerprint()),
        lines);
  }

  private record Verified(
      Path path,
      String name,
      String version,
      Digest digest,
      List<String> signers,
      String fingerprint)
      implements JsonRecord {}
}
