package io.github.tugoci.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.Bytes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody says of some content, read from what was signed.
 *
 * @param predicateType what kind of statement it is
 * @param annotations what was signed beside the digest
 * @param payload what was signed
 */
record Claim(String predicateType, Map<String, String> annotations, Bytes payload) {
  /** Copies the map. */
  Claim {
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }

  /** Values that aren't strings stand for their JSON text. */
  static Map<String, String> annotations(Optional<JsonObject> json) {
    var annotations = new LinkedHashMap<String, String>();
    json.map(JsonObject::asMap)
        .orElse(Map.of())
        .forEach(
            (name, value) ->
                annotations.put(
                    name,
                    value instanceof String text ? text : new String(Json.write(value), UTF_8)));
    return annotations;
  }

  /** The first of some annotations that isn't there, or is another. */
  Optional<String> missing(Map<String, String> wanted) {
    return wanted.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(annotations.get(entry.getKey())))
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .findFirst();
  }
}
