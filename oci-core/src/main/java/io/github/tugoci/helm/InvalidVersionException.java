package io.github.tugoci.helm;

/** A text that is neither a version nor a constraint of versions. */
public final class InvalidVersionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidVersionException(String text) {
    super("'" + text + "' is neither a version nor a constraint such as ^1.2 or \">=1.0, <2\"");
  }
}
