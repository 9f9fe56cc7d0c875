package io.github.tugoci.signature;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A policy of verification: by whom content must be signed.
 *
 * @param signers the keys and identities that are trusted
 * @param threshold how many of them must have signed; the same one counts once
 * @param annotations what each signature must say too
 */
public record VerificationPolicy(
    List<? extends TrustedSigner> signers, int threshold, Map<String, String> annotations) {
  /**
   * Copies the collections; one that is named twice counts once.
   *
   * @throws IllegalArgumentException if there is nobody, or the threshold can't be met
   */
  public VerificationPolicy {
    signers = signers.stream().distinct().toList();
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    if (signers.isEmpty()) {
      throw new IllegalArgumentException("at least one key or identity must be trusted");
    }
    if (threshold < 1 || threshold > signers.size()) {
      throw new IllegalArgumentException(
          "invalid threshold %d: not from 1 to %d, the number of different signers"
              .formatted(threshold, signers.size()));
    }
  }

  /** One of these, whatever it says besides. */
  public static VerificationPolicy anyOf(List<? extends TrustedSigner> signers) {
    return new VerificationPolicy(signers, 1, Map.of());
  }
}
