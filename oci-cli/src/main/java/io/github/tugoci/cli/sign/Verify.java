package io.github.tugoci.cli.sign;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.signature.Verifier;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description = {
      "Verify that an image, a chart or another artifact is signed by a key, as cosign does.",
      "Signatures in both of cosign's forms are found. Deploy the digest that this prints: a tag"
          + " can move."
    },
    footer = {
      "  tug verify ghcr.io/acme/app:1.0 --key cosign.pub",
      "  tug verify ghcr.io/acme/app:1.0 --key build.pub --key review.pub --threshold 2",
      "  tug verify ghcr.io/acme/app:1.0 --key cosign.pub -a environment=production"
    })
public final class Verify implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Mixin private VerifyingOptions verifying = new VerifyingOptions();

  @Parameters(paramLabel = "REF", description = "HOST/NAME[:TAG][@DIGEST] or oci:DIR[:TAG].")
  private Location location;

  @Override
  public void run(CommandContext session) throws IOException {
    var policy = verifying.policy(session.environment());
    try (var connection = options.open(session, Hosts.of(location))) {
      var source = connection.source(location);
      var digest = source.store().resolve(source.selector()).digest();
      var verified = Verifier.verify(source.store(), digest, policy);
      session.output().print(new VerifiedResult(source.name(), verified));
    }
  }
}
