package io.github.tugoci.reference;

/**
 * The selector of content in a store: a tag, which may move, or a digest, which always means the
 * same content. A text is told to be one or the other once, where it comes in.
 */
public sealed interface Selector permits Tag, Digest {
  /**
   * Reads a tag, or a digest as text.
   *
   * @throws InvalidReferenceException if it is empty, or a malformed digest
   */
  static Selector parse(String text) {
    return Digest.isDigest(text) ? Digest.parse(text) : new Tag(text);
  }
}
