package io.github.tugoci.error;

import org.jspecify.annotations.Nullable;

/** A text that is not YAML, or that nests deeper or expands further than the reader allows. */
public final class InvalidYamlException extends OciException {
  private static final long serialVersionUID = 1L;

  /** Names the text, and says what is wrong with it. */
  public InvalidYamlException(String message) {
    this(message, null);
  }

  /** Names the text, and says what is wrong with it, with the fault that the parser found. */
  public InvalidYamlException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
