package io.github.tugoci.cli.sign;

import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.reference.Location;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.signature.SignResult;
import io.github.tugoci.signature.Signer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "sign",
    description = {
      "Sign images, charts and other artifacts with a key, as cosign does.",
      "A tag is resolved once: what is signed is the digest. A signature that is there already"
          + " isn't added again."
    },
    footer = {
      "  tug key generate",
      "  tug sign ghcr.io/acme/app:1.0 --key cosign.key",
      "  tug sign ghcr.io/acme/app:1.0 --key env://SIGNING_KEY --recursive -a commit=3f2c9e1",
      "  tug sign oci://ghcr.io/acme/charts/shop:1.0 --key cosign.key --signature-format legacy"
    })
public final class Sign extends ConnectedCommand {
  @Mixin private SigningOptions signing = new SigningOptions();

  @Parameters(
      paramLabel = "REF",
      arity = "1..*",
      description = "HOST/NAME[:TAG][@DIGEST]; the digest is signed.")
  private List<Reference> references = new ArrayList<>();

  @Option(
      names = {"-a", "--annotation"},
      paramLabel = "KEY=VALUE",
      description = "Sign this annotation too; repeatable.")
  private Map<String, String> annotations = new LinkedHashMap<>();

  @Option(
      names = {"-r", "--recursive"},
      description = "Sign each image of an index too.")
  private boolean recursive;

  @Override
  public void run(CommandContext session) throws IOException {
    var signer = signing.signer(session.environment(), annotations);
    var locations = references.stream().map(Location.InRegistry::new).toArray(Location[]::new);
    var signed = new ArrayList<SignedResult.One>();
    try (var connection = connect(session, locations)) {
      for (var location : locations) {
        var subject = Subject.of(connection, location);
        var results = sign(signer, subject);
        results.forEach(
            result -> signed.add(new SignedResult.One(subject.store().reference(), result)));
      }
    }
    new SignedResult("Signed", signed).print(session);
  }

  private List<SignResult> sign(Signer signer, Subject subject) throws IOException {
    try {
      return recursive
          ? signer.signAll(subject.store(), subject.descriptor(), subject.name())
          : List.of(signer.sign(subject.store(), subject.descriptor(), subject.name()));
    } catch (IllegalArgumentException e) {
      throw InvalidInputException.of(e, "leave --signature-format out");
    }
  }
}
