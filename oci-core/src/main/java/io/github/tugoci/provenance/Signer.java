package io.github.tugoci.provenance;

import java.util.List;

/**
 * The signer of a provenance file.
 *
 * @param userIds what the key's owner calls himself in it: {@code Name <address>}
 * @param fingerprint the primary key's fingerprint, in upper-case hexadecimal digits
 */
public record Signer(List<String> userIds, String fingerprint) {
  /** Copies the list. */
  public Signer {
    userIds = List.copyOf(userIds);
  }
}
