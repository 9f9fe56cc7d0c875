package io.github.tugoci.copy;

import io.github.tugoci.reference.Digest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tags that are named after a manifest's digest and belong to it: {@code sha256-<hex>} stands for
 * its referrers (distribution-spec, "Referrers tag schema"), and with {@code .sig}, {@code .att} or
 * {@code .sbom} behind it for what cosign attached.
 */
public final class DigestTags {
  private static final Pattern FORM =
      Pattern.compile("sha(256|512)-[0-9a-f]{64}([.][0-9A-Za-z_.-]*)?");

  private DigestTags() {}

  /** Whether a tag is such a one. */
  public static boolean isDigestTag(String tag) {
    return FORM.matcher(tag).matches();
  }

  /** What cosign may have called what it attached to a manifest. */
  static List<String> cosignTags(Digest manifest) {
    var base = manifest.algorithm() + "-" + manifest.hex();
    return List.of(base + ".sig", base + ".att", base + ".sbom");
  }
}
