package io.github.tugoci.sigstore;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * When a key or an authority is trusted; both ends count.
 *
 * @param start the first moment
 * @param end the last moment
 */
record Period(Instant start, Instant end) {
  private static final Period ALWAYS = new Period(Instant.MIN, Instant.MAX);

  /** Reads the member {@code validFor}, which may be missing. */
  static Period of(JsonObject json) throws InvalidContentException {
    var given = json.object("validFor");
    if (given.isEmpty()) {
      return ALWAYS;
    }
    return new Period(
        moment(given.get(), "start").orElse(Instant.MIN),
        moment(given.get(), "end").orElse(Instant.MAX));
  }

  private static Optional<Instant> moment(JsonObject json, String name)
      throws InvalidContentException {
    var text = json.string(name);
    try {
      return text.map(Instant::parse);
    } catch (DateTimeException e) {
      throw new InvalidContentException(
          "%s: %s is not a time: %s".formatted(json.path(), name, text.orElse("")), e);
    }
  }

  boolean hasStart() {
    return !start.equals(Instant.MIN);
  }

  boolean contains(Instant time) {
    return !time.isBefore(start) && !time.isAfter(end);
  }
}
