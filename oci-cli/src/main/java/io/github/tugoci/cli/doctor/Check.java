package io.github.tugoci.cli.doctor;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param name what it was
 * @param status how it is
 * @param message what that means
 * @param hint what to do, or null
 */
record Check(String name, Status status, String message, @Nullable String hint) {
  /** How it is. */
  enum Status {
    /** As it should be. */
    OK,
    /** It may do harm, or be meant so. */
    WARN,
    /** It doesn't work. */
    FAIL;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Check ok(String name, String message) {
    return new Check(name, Status.OK, message, null);
  }

  static Check warn(String name, String message, String hint) {
    return new Check(name, Status.WARN, message, hint);
  }

  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", name);
    json.put("status", status.word());
    json.put("message", message);
    if (hint != null) {
      json.put("hint", hint);
    }
    return json;
  }
}
