package io.github.tugoci.cli.sign;

import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.PredicateFile;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.reference.Location;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.signature.Predicate;
import io.github.tugoci.signature.SignResult;
import io.github.tugoci.signature.Signer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "attest",
    description = {
      "Attach a signed statement to an image, a chart or another artifact, as cosign does.",
      "An SBOM or a provenance becomes an in-toto statement about its digest."
    },
    footer = {
      "  tug attest ghcr.io/acme/app:1.0 --predicate sbom.json --type spdxjson --key cosign.key",
      "  tug attest ghcr.io/acme/app:1.0 --predicate build.json --type slsaprovenance1 --key"
          + " env://SIGNING_KEY"
    })
public final class Attest extends ConnectedCommand {
  @Mixin private SigningOptions signing = new SigningOptions();

  @Parameters(
      paramLabel = "REF",
      description = "HOST/NAME[:TAG][@DIGEST]; the statement is about the digest.")
  private Reference reference;

  @Option(
      names = "--predicate",
      required = true,
      paramLabel = "FILE",
      description = "Take the predicate, in JSON, from this file.")
  private Path predicate;

  @Option(
      names = "--type",
      required = true,
      paramLabel = "TYPE",
      description =
          "Set the predicate's type: slsaprovenance1, spdxjson, cyclonedx, another of cosign's short"
              + " names, or a URI.")
  private String type;

  @Override
  public void run(CommandContext session) throws IOException {
    var said = content(PredicateFile.read(predicate), session);
    var signer = signing.signer(session.environment(), Map.of());
    var location = new Location.InRegistry(reference);
    try (var connection = connect(session, location)) {
      var subject = Subject.of(connection, location);
      var result = attest(signer, subject, said);
      new SignedResult(
              "Attested", List.of(new SignedResult.One(subject.store().reference(), result)))
          .print(session);
    }
  }

  private static SignResult attest(Signer signer, Subject subject, Predicate said)
      throws IOException {
    try {
      return signer.attest(subject.store(), subject.descriptor(), subject.name(), said);
    } catch (IllegalArgumentException e) {
      throw InvalidInputException.of(e, "leave --signature-format out");
    }
  }

  private Predicate content(Bytes document, CommandContext session) {
    try {
      return Predicate.of(type, document, session.environment().clock());
    } catch (IllegalArgumentException e) {
      throw InvalidInputException.of(e, "write --type TYPE");
    } catch (InvalidContentException e) {
      throw new InvalidInputException(
          "invalid predicate %s: %s".formatted(predicate, e.getMessage()), null, e);
    }
  }
}
