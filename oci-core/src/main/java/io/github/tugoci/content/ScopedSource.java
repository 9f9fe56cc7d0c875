package io.github.tugoci.content;

/** A source that can request one token for reading it and writing to a target. */
public interface ScopedSource {
  /**
   * This source for a copy to a target. Where both are repositories of one registry, a single token
   * serves reading here and writing there.
   */
  ContentSource withPushScope(ContentTarget target);

  /** A source for a copy to a target. */
  static ContentSource forPushTo(ContentTarget target, ContentSource source) {
    return source instanceof ScopedSource scoped ? scoped.withPushScope(target) : source;
  }
}
