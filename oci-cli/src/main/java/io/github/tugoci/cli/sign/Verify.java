package io.github.tugoci.cli.sign;

import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.Locations;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.reference.Location;
import io.github.tugoci.signature.Verifier;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description = {
      "Verify that an image, a chart or another artifact is signed, by a key or an identity, as cosign"
          + " does.",
      "Signatures in both of cosign's forms are found. Deploy the digest that this prints: a tag"
          + " can move."
    },
    footer = {
      "  tug verify ghcr.io/acme/app:1.0 --key cosign.pub",
      "  tug verify ghcr.io/acme/app:1.0 --key build.pub --key review.pub --threshold 2",
      "  tug verify ghcr.io/acme/app:1.0 --key cosign.pub -a environment=production",
      "  tug verify ghcr.io/acme/app:1.0 --trusted-root trusted_root.json \\",
      "    --certificate-identity"
          + " https://github.com/acme/app/.github/workflows/ci.yml@refs/heads/main \\",
      "    --certificate-oidc-issuer https://token.actions.githubusercontent.com"
    })
public final class Verify extends ConnectedCommand {
  @Mixin private VerifyingOptions verifying = new VerifyingOptions();

  @Parameters(paramLabel = "REF", description = Locations.ANYWHERE)
  private Location location;

  @Override
  public void run(CommandContext session) throws IOException {
    var policy = verifying.policy(session.environment());
    try (var connection = connect(session, location)) {
      var source = connection.source(location);
      var digest = source.store().resolve(source.selector()).digest();
      var verified = Verifier.verify(source.store(), digest, policy);
      new VerifiedResult(source.name(), verified).print(session);
    }
  }
}
