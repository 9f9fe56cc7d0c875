package io.github.tugoci.examples;

import io.github.tugoci.error.SignatureVerificationException;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.signature.SignOptions;
import io.github.tugoci.signature.Signer;
import io.github.tugoci.signature.SigningKey;
import io.github.tugoci.signature.VerificationKey;
import io.github.tugoci.signature.VerificationPolicy;
import io.github.tugoci.signature.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Signs an image as cosign does, and verifies that it is signed: {@code SignImage
 * ghcr.io/acme/app:1.0 cosign.key PASSWORD cosign.pub}.
 */
public final class SignImage {
  private SignImage() {}

  public static void main(String... args) throws IOException {
    var reference = Reference.parse(args[0]);
    try (var client = RegistryClient.anonymous()) {
      var repository = client.repository(reference);
      // Once: what is signed, verified and used then is this digest, wherever the tag moves.
      var image = repository.resolve(reference.selectorOr("latest"));

      var key = SigningKey.read(Path.of(args[1]), args[2]::toCharArray);
      var options = SignOptions.builder().annotations(Map.of("by", "SignImage")).build();
      var signed = Signer.of(key, options).sign(repository, image, repository.toString());
      System.out.println((signed.added() ? "signed " : "signed before ") + image.digest());

      var trusted = VerificationKey.read(Path.of(args[3]));
      try {
        var verified =
            Verifier.verify(repository, image.digest(), VerificationPolicy.anyOf(List.of(trusted)));
        System.out.println("verified " + verified.digest() + " by " + verified.keys());
      } catch (SignatureVerificationException e) {
        System.out.println("refused: " + e.summary());
      }
    }
  }
}
