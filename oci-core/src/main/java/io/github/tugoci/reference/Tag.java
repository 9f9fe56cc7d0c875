package io.github.tugoci.reference;

import java.util.regex.Pattern;

/**
 * A tag: a store's name for content. A registry takes fewer texts than a layout, whose names may be
 * whole references: each checks its own grammar.
 *
 * @param name the name, which isn't a digest
 */
public record Tag(String name) implements Selector {
  private static final Pattern DIGEST_TAG =
      Pattern.compile("sha(256|512)-[0-9a-f]{64}([.][0-9A-Za-z_.-]*)?");

  /**
   * Checks that it is a name.
   *
   * @throws InvalidReferenceException if it is empty, or a digest
   */
  public Tag {
    if (name.isEmpty()) {
      throw new InvalidReferenceException("tag", name, 0, "is empty", "write TAG");
    }
    if (Digest.isDigest(name)) {
      throw new InvalidReferenceException(
          "tag", name, 0, "is a digest", "ask for content by its digest, or choose another tag");
    }
  }

  /**
   * Whether a tag is named after a manifest's digest and belongs to it: {@code sha256-<hex>} is the
   * fallback tag of its referrers (distribution-spec, "Referrers tag schema"); with a suffix it
   * holds what a tool attached, such as cosign's {@code .sig}, {@code .att} and {@code .sbom}.
   */
  public static boolean isDigestTag(String name) {
    return DIGEST_TAG.matcher(name).matches();
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
