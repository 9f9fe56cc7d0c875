package io.github.tugoci.signature;

import io.github.tugoci.text.SafeText;

/**
 * A signature or an attestation that was found and refused.
 *
 * @param place where it was found
 * @param reason why it doesn't count
 */
public record RefusedSignature(String place, String reason) {
  private static final int MAX_LENGTH = 300;

  /** Cuts the reason: it can quote what an attacker wrote. */
  public RefusedSignature {
    reason = SafeText.beginning(reason, MAX_LENGTH);
  }

  /** Place and reason. */
  @Override
  public String toString() {
    return place + ": " + reason;
  }
}
