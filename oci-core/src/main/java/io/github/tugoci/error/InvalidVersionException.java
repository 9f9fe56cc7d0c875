package io.github.tugoci.error;

/** A text that is neither a semantic version nor a constraint of versions as Helm writes them. */
public final class InvalidVersionException extends OciException {
  private static final long serialVersionUID = 1L;

  /** Quotes the text. */
  public InvalidVersionException(String text) {
    super(
        "invalid version \"%s\": expected a version or a constraint, such as ^1.2 or \">=1.0, <2\""
            .formatted(text),
        null);
  }
}
