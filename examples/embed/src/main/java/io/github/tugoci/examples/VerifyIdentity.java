package io.github.tugoci.examples;

import io.github.tugoci.error.SignatureVerificationException;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.signature.CertificateIdentity;
import io.github.tugoci.signature.TextPattern;
import io.github.tugoci.signature.TrustedRoot;
import io.github.tugoci.signature.VerificationPolicy;
import io.github.tugoci.signature.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Verifies, offline, that a workflow signed an image without a key: {@code VerifyIdentity
 * ghcr.io/acme/app:1.0 trusted_root.json
 * https://github.com/acme/app/.github/workflows/ci.yml@refs/heads/main
 * https://token.actions.githubusercontent.com}.
 */
public final class VerifyIdentity {
  private VerifyIdentity() {}

  public static void main(String... args) throws IOException {
    var reference = Reference.parse(args[0]);
    var workflow =
        new CertificateIdentity(
            TrustedRoot.read(Path.of(args[1])),
            TextPattern.exactly(args[2]),
            TextPattern.exactly(args[3]));
    try (var client = RegistryClient.anonymous()) {
      var repository = client.repository(reference);
      var image = repository.resolve(reference.selectorOr("latest")).digest();
      var verified =
          Verifier.verify(repository, image, VerificationPolicy.anyOf(List.of(workflow)));
      System.out.println("verified " + verified.digest());
    } catch (SignatureVerificationException e) {
      System.out.println("refused: " + e.summary());
    }
  }
}
