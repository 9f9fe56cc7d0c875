package io.github.tugoci.copy;

import io.github.tugoci.reference.Digest;
import java.util.List;
import java.util.NavigableSet;
import java.util.regex.Pattern;

/**
 * Tags that are named after a manifest's digest and belong to it: {@code sha256-<hex>} stands for
 * its referrers (distribution-spec, "Referrers tag schema"), and with a suffix behind it for what
 * belongs to the manifest by that alone: cosign's {@code .sig}, {@code .att} and {@code .sbom},
 * regctl's {@code .meta} and any other.
 */
public final class DigestTags {
  private static final Pattern FORM =
      Pattern.compile("sha(256|512)-[0-9a-f]{64}([.][0-9A-Za-z_.-]*)?");

  private static final int HEX = 64;

  private DigestTags() {}

  /** Whether a tag is such a one. */
  public static boolean isDigestTag(String tag) {
    return FORM.matcher(tag).matches();
  }

  /**
   * Of such tags those that belong to a manifest and have a suffix, in order. A tag has no room for
   * all of a SHA-512.
   */
  static List<String> attachedTo(Digest manifest, NavigableSet<String> tags) {
    var base = manifest.algorithm() + "-" + manifest.hex().substring(0, HEX);
    return List.copyOf(tags.subSet(base + ".", base + (char) ('.' + 1)));
  }
}
