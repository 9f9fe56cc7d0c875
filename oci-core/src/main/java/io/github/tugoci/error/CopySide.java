package io.github.tugoci.error;

/** The side of a copy that failed. */
public enum CopySide {
  /** The store that is read. */
  SOURCE,
  /** The store that is written. */
  TARGET
}
