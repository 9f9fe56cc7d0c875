package io.github.tugoci.cli.doctor;

import io.github.tugoci.cli.shell.JsonRecord;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param name what it was
 * @param status how it is
 * @param message what that means
 * @param hint what to do, or null
 */
record Check(String name, Status status, String message, @Nullable String hint)
    implements JsonRecord {
  /** How it is. */
  enum Status {
    /** As it should be. */
    OK,
    /** It may do harm, or be meant so. */
    WARN,
    /** It doesn't work. */
    FAIL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Check ok(String name, String message) {
    return new Check(name, Status.OK, message, null);
  }

  static Check warn(String name, String message, String hint) {
    return new Check(name, Status.WARN, message, hint);
  }
}
