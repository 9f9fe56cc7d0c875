package io.github.tugoci.copy;

import io.github.tugoci.reference.Digest;
import java.util.List;
import java.util.NavigableSet;

/** Tags that belong to a manifest by their name alone; see {@code Tag.isDigestTag}. */
final class DigestTags {
  private static final int HEX = 64;

  private DigestTags() {}

  /**
   * Those of a source's tags that belong to a manifest and have a suffix, in order. A tag has no
   * room for all of a SHA-512: its first 64 digits stand for it.
   */
  static List<String> attachedTo(Digest manifest, NavigableSet<String> tags) {
    var base = manifest.algorithm() + "-" + manifest.hex().substring(0, HEX);
    return List.copyOf(tags.subSet(base + ".", base + (char) ('.' + 1)));
  }
}
