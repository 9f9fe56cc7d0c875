package io.github.tugoci.reference;

/**
 * A name that a store has for content. A registry takes fewer texts than a layout, whose names may
 * be whole references: each checks its own grammar.
 *
 * @param name the name, which isn't a digest
 */
public record Tag(String name) implements Selector {
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

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
