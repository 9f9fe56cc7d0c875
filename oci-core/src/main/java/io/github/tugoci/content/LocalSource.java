package io.github.tugoci.content;

/** A source on this machine, files or memory: reading again costs no request. */
public interface LocalSource {
  /** Whether a source is on this machine. */
  static boolean isLocal(ContentSource source) {
    return source instanceof LocalSource;
  }
}
