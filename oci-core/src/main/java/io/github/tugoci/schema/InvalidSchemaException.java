package io.github.tugoci.schema;

import java.io.IOException;

/** A schema that is none, or asks for more than it gets. */
final class InvalidSchemaException extends IOException {
  private static final long serialVersionUID = 1L;

  InvalidSchemaException(String message, Throwable cause) {
    super(message, cause);
  }
}
