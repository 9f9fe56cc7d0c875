package io.github.tugoci.signature;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * By which keys content must be signed.
 *
 * @param keys the keys that are trusted
 * @param threshold how many of them must have signed; the same key counts once
 * @param annotations what each signature must say too
 */
public record VerificationPolicy(
    List<VerificationKey> keys, int threshold, Map<String, String> annotations) {
  /**
   * Copies the collections; a key that is named twice counts once.
   *
   * @throws IllegalArgumentException if there is no key, or the threshold can't be met
   */
  public VerificationPolicy {
    keys = keys.stream().distinct().toList();
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("at least one key must be trusted");
    }
    if (threshold < 1 || threshold > keys.size()) {
      throw new IllegalArgumentException(
          "invalid threshold %d: not from 1 to %d, the number of different keys"
              .formatted(threshold, keys.size()));
    }
  }

  /** One of these keys, whatever it says besides. */
  public static VerificationPolicy anyOf(List<VerificationKey> keys) {
    return new VerificationPolicy(keys, 1, Map.of());
  }
}
