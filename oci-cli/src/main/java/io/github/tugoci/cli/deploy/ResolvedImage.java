package io.github.tugoci.cli.deploy;

import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Reference;
import java.util.Map;

/**
 * An image that is there.
 *
 * @param reference as it was asked for
 * @param digest what that is now
 */
record ResolvedImage(Reference reference, Digest digest) {
  Map<String, String> json() {
    return Map.of("reference", reference.toString(), "digest", digest.toString());
  }
}
