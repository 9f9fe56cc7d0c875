package io.github.tugoci.signature;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.SignatureVerificationException;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signatures and attestations of content that is named by its digest. A tag is resolved
 * once, before; what is deployed then is that digest.
 *
 * <pre>{@code
 * var digest = repository.resolve("1.2.0").digest();
 * var key = VerificationKey.read(Path.of("cosign.pub"));
 * Verifier.verify(repository, digest, VerificationPolicy.anyOf(List.of(key)));
 * }</pre>
 */
public final class Verifier {
  private final ClaimType type;
  private final Digest subject;
  private final VerificationPolicy policy;
  private final List<VerifiedSignature> verified = new ArrayList<>();
  private final List<RefusedSignature> refused = new ArrayList<>();

  private Verifier(ClaimType type, Digest subject, VerificationPolicy policy) {
    this.type = type;
    this.subject = subject;
    this.policy = policy;
  }

  /**
   * Verifies that content is signed as a policy asks for.
   *
   * @throws SignatureVerificationException if it isn't
   * @throws IOException if the source can't be read
   */
  public static Verification verify(ContentSource source, Digest subject, VerificationPolicy policy)
      throws IOException {
    return new Verifier(ClaimType.SIGNATURE, subject, policy).run(source);
  }

  /**
   * Verifies that content has attestations of a type as a policy asks for.
   *
   * @param predicateType the type's URI
   * @throws SignatureVerificationException if it hasn't
   * @throws IOException if the source can't be read
   */
  public static Verification verifyAttestation(
      ContentSource source, Digest subject, String predicateType, VerificationPolicy policy)
      throws IOException {
    return new Verifier(ClaimType.attestation(predicateType), subject, policy).run(source);
  }

  private Verification run(ContentSource source) throws IOException {
    new SignatureFinder(
            source,
            subject,
            type,
            new SignatureFinder.Visitor() {
              @Override
              public boolean visit(SignedContent found) {
                judge(found);
                return verified.size() < policy.signers().size();
              }

              @Override
              public void refuse(String place, String reason) {
                refused.add(new RefusedSignature(place, reason));
              }
            })
        .findAll();
    if (verified.size() < policy.threshold()) {
      throw failure(source);
    }
    return new Verification(subject, verified, refused);
  }

  /** The signature comes first: what nobody trusted signed is not even read. */
  private void judge(SignedContent found) {
    try {
      var signers = signers(found);
      var claim = found.claim(type, subject);
      var missing = claim.missing(policy.annotations());
      if (missing.isPresent()) {
        throw new InvalidContentException("it lacks the annotation " + missing.get());
      }
      for (var signer : signers) {
        add(signer, found, claim);
      }
    } catch (InvalidContentException e) {
      refused.add(new RefusedSignature(found.place(), String.valueOf(e.getMessage())));
    }
  }

  /** A signer, and whom the certificate names if there is one. */
  private record Found(TrustedSigner signer, @Nullable SignerCertificate certificate) {
    /** One who signed counts once, whatever names they are trusted by. */
    boolean isSame(VerifiedSignature earlier) {
      var other = earlier.certificate();
      return earlier.signer().equals(signer)
          || (certificate != null
              && other != null
              && certificate.identity().equals(other.identity())
              && certificate.issuer().equals(other.issuer()));
    }
  }

  /** Who signed: keys or, if none of the keys did, identities. */
  private List<Found> signers(SignedContent content) throws InvalidContentException {
    var found = new ArrayList<Found>();
    InvalidContentException reason = null;
    for (var signer : policy.signers()) {
      if (signer instanceof VerificationKey key && content.isSignedBy(key)) {
        found.add(new Found(key, null));
      }
    }
    for (var signer : policy.signers()) {
      if (signer instanceof CertificateIdentity identity && found.isEmpty()) {
        try {
          found.add(new Found(identity, content.verify(identity)));
        } catch (InvalidContentException e) {
          reason = e;
        }
      }
    }
    if (!found.isEmpty()) {
      return found;
    }
    throw reason != null
        ? reason
        : new InvalidContentException(
            content.format() == SignatureFormat.BUNDLE && content.hasCertificate()
                ? "it is signed with a certificate, not with a key"
                : "it is signed by none of the keys");
  }

  private void add(Found found, SignedContent content, Claim claim) {
    if (verified.stream().noneMatch(found::isSame)) {
      verified.add(
          new VerifiedSignature(
              found.signer(),
              found.certificate(),
              content.format(),
              content.manifest(),
              claim.predicateType(),
              claim.annotations(),
              claim.payload()));
    }
  }

  private SignatureVerificationException failure(ContentSource source) {
    var wanted =
        policy.signers().stream().map(TrustedSigner::name).collect(Collectors.joining(", "));
    var few = verified.isEmpty() ? "no valid %s" : "too few valid %ss";
    var summary = (few + " of %s@%s by %s").formatted(type, source, subject, wanted);
    if (policy.threshold() > 1) {
      summary += ": %d of %d needed".formatted(verified.size(), policy.threshold());
    }
    if (refused.isEmpty() && verified.isEmpty()) {
      summary += ": none found";
    }
    return new SignatureVerificationException(
        summary, refused.stream().map(RefusedSignature::toString).toList());
  }
}
