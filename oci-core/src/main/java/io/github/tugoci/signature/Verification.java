package io.github.tugoci.signature;

import io.github.tugoci.reference.Digest;
import java.util.List;

/**
 * The result of a verification that met its policy.
 *
 * @param digest the content's digest
 * @param signatures what trusted signers made; of each the first
 * @param refused what was found on the way and doesn't count
 */
public record Verification(
    Digest digest, List<VerifiedSignature> signatures, List<RefusedSignature> refused) {
  /** Copies the lists. */
  public Verification {
    signatures = List.copyOf(signatures);
    refused = List.copyOf(refused);
  }

  /** The keys that signed. */
  public List<VerificationKey> keys() {
    return signatures.stream()
        .map(VerifiedSignature::signer)
        .filter(VerificationKey.class::isInstance)
        .map(VerificationKey.class::cast)
        .toList();
  }
}
