package io.github.tugoci.cli.sign;

import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.Locations;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.reference.Location;
import io.github.tugoci.signature.Predicate;
import io.github.tugoci.signature.Verifier;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify-attestation",
    description = {
      "Verify that an image, a chart or another artifact has an attestation of a type, signed by a"
          + " key or an identity.",
      "With --output payload, print the in-toto statement that was signed."
    },
    footer = {
      "  tug verify-attestation ghcr.io/acme/app:1.0 --type spdxjson --key cosign.pub",
      "  tug verify-attestation ghcr.io/acme/app:1.0 --type slsaprovenance1 --key cosign.pub"
          + " --output payload"
    })
public final class VerifyAttestation extends ConnectedCommand {
  enum Printed {
    /** Who signed. */
    RESULT,
    /** What was signed. */
    PAYLOAD;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private VerifyingOptions verifying = new VerifyingOptions();

  @Parameters(paramLabel = "REF", description = Locations.ANYWHERE)
  private Location location;

  @Option(
      names = "--type",
      required = true,
      paramLabel = "TYPE",
      description =
          "Require a predicate of this type: slsaprovenance1, spdxjson, cyclonedx, another of"
              + " cosign's short names, or a URI.")
  private String type;

  @Option(
      names = "--output",
      paramLabel = "WHAT",
      description = "Print the result or the payload (default: result).")
  private Printed printed = Printed.RESULT;

  @Override
  public void run(CommandContext session) throws IOException {
    var predicateType = predicateType();
    var policy = verifying.policy(session.environment());
    try (var connection = connect(session, location)) {
      var source = connection.source(location);
      var digest = source.store().resolve(source.selector()).digest();
      var verified = Verifier.verifyAttestation(source.store(), digest, predicateType, policy);
      if (printed == Printed.RESULT) {
        new VerifiedResult(source.name(), verified).print(session);
        return;
      }
      for (var signature : verified.signatures()) {
        session.output().printRaw(signature.payload() + "\n", "payload");
      }
    }
  }

  private String predicateType() {
    try {
      return Predicate.typeOf(type);
    } catch (IllegalArgumentException e) {
      throw InvalidInputException.of(e, "write --type TYPE");
    }
  }
}
