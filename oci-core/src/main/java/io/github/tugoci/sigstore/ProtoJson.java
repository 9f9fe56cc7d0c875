package io.github.tugoci.sigstore;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Members of JSON in the form of protocol buffers: bytes are base64, large numbers are strings. */
public final class ProtoJson {
  private static final int MAX_DIGITS = 19;

  private ProtoJson() {}

  static Bytes bytes(JsonObject json, String name) throws InvalidContentException {
    return Bytes.of(Base64Text.decode(json.requiredString(name), json.path() + ": " + name));
  }

  static Optional<Bytes> optionalBytes(JsonObject json, String name)
      throws InvalidContentException {
    return json.string(name).filter(text -> !text.isEmpty()).isEmpty()
        ? Optional.empty()
        : Optional.of(bytes(json, name));
  }

  /** A number that isn't negative; what is missing is 0. */
  static long number(JsonObject json, String name) throws InvalidContentException {
    long number =
        json.asMap().get(name) instanceof String text
            ? parse(json, name, text)
            : json.integer(name).orElse(0L);
    if (number < 0) {
      throw invalid(json, name);
    }
    return number;
  }

  private static long parse(JsonObject json, String name, String text)
      throws InvalidContentException {
    if (text.isEmpty()
        || text.length() > MAX_DIGITS
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw invalid(json, name);
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw invalid(json, name);
    }
  }

  private static InvalidContentException invalid(JsonObject json, String name) {
    return new InvalidContentException(
        "%s: %s is not a number from 0 on".formatted(json.path(), name));
  }

  /** A list with an end. */
  static List<JsonObject> objects(JsonObject json, String name, int most)
      throws InvalidContentException {
    var objects = json.objects(name);
    if (objects.size() > most) {
      throw new InvalidContentException("%s: more than %d %s".formatted(json.path(), most, name));
    }
    return objects;
  }

  /** What one reader knows and another doesn't could be understood in two ways. */
  public static void refuseOthers(JsonObject json, Set<String> known)
      throws InvalidContentException {
    var others = json.except(known).keySet();
    if (!others.isEmpty()) {
      throw new InvalidContentException(
          "%s has an unknown member: %s".formatted(json.path(), others.iterator().next()));
    }
  }
}
