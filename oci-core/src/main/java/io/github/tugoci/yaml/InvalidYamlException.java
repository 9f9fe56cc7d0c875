package io.github.tugoci.yaml;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A text that is no YAML, or YAML that nobody means well with: it nests or multiplies too much. */
public final class InvalidYamlException extends IOException {
  private static final long serialVersionUID = 1L;

  InvalidYamlException(String message) {
    this(message, null);
  }

  InvalidYamlException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
