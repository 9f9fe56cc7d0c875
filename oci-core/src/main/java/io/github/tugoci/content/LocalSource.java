package io.github.tugoci.content;

/**
 * A source on this machine, files or memory: reading a piece once more costs no request, and
 * resolving a tag doesn't either.
 */
public interface LocalSource {
  /** Whether a source is on this machine. */
  static boolean isLocal(ContentSource source) {
    return source instanceof LocalSource;
  }
}
