package io.github.tugoci.signature;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.sigstore.KeylessVerification;
import io.github.tugoci.sigstore.SignedMessage;
import io.github.tugoci.sigstore.VerificationMaterial;

/**
 * An identity that is trusted to sign without a key of its own: a certificate of an authority of
 * the trusted root names it.
 *
 * <pre>{@code
 * var identity =
 *     new CertificateIdentity(
 *         TrustedRoot.read(Path.of("trusted_root.json")),
 *         TextPattern.exactly("https://github.com/acme/app/.github/workflows/ci.yml@refs/heads/main"),
 *         TextPattern.exactly("https://token.actions.githubusercontent.com"));
 * Verifier.verify(repository, digest, VerificationPolicy.anyOf(List.of(identity)));
 * }</pre>
 *
 * @param root the authorities and logs
 * @param subject who must have signed: an address of a workflow, a mail address
 * @param issuer who must have vouched for that name: an OpenID Connect issuer
 */
public record CertificateIdentity(TrustedRoot root, TextPattern subject, TextPattern issuer)
    implements TrustedSigner {
  /** The subject. */
  @Override
  public String name() {
    return subject.text();
  }

  /**
   * Verifies that it signed.
   *
   * @throws InvalidContentException if it didn't
   */
  SignerCertificate verify(VerificationMaterial material, SignedMessage signed)
      throws InvalidContentException {
    var found = KeylessVerification.verify(root.material(), material, signed);
    if (!subject.matches(found.identity())) {
      throw new InvalidContentException(
          "it is signed by %s, not by %s".formatted(found.identity(), subject));
    }
    if (!issuer.matches(found.issuer())) {
      throw new InvalidContentException(
          "the identity %s is of the issuer %s, not of %s"
              .formatted(found.identity(), found.issuer(), issuer));
    }
    return new SignerCertificate(found.identity(), found.issuer(), found.time());
  }
}
