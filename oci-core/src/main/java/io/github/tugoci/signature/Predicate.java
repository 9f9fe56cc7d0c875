package io.github.tugoci.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.model.Bytes;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * The predicate of an attestation: a document of a type, such as an SBOM.
 *
 * @param type the type's URI
 * @param content the document, in JSON
 */
public record Predicate(String type, Bytes content) {
  /** An SBOM of a large image takes some; as base64 it must fit a JSON string of 20 MB. */
  static final int MAX_SIZE = 12 << 20;

  private static final String CUSTOM = "https://cosign.sigstore.dev/attestation/v1";
  private static final String SPDX = "https://spdx.dev/Document";

  /** The short names that cosign has for types. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("custom", CUSTOM),
          Map.entry("slsaprovenance", "https://slsa.dev/provenance/v0.2"),
          Map.entry("slsaprovenance02", "https://slsa.dev/provenance/v0.2"),
          Map.entry("slsaprovenance1", "https://slsa.dev/provenance/v1"),
          Map.entry("spdx", SPDX),
          Map.entry("spdxjson", SPDX),
          Map.entry("cyclonedx", "https://cyclonedx.org/bom"),
          Map.entry("link", "https://in-toto.io/Link/v1"),
          Map.entry("vuln", "https://cosign.sigstore.dev/attestation/vuln/v1"),
          Map.entry("openvex", "https://openvex.dev/ns"));

  /**
   * The URI of a type.
   *
   * @param name a short name, or a URI
   * @throws IllegalArgumentException if it is neither
   */
  public static String typeOf(String name) {
    var type = TYPES.get(name);
    if (type == null && !name.matches("[A-Za-z][A-Za-z0-9+.-]*:[\\x21-\\x7e]+")) {
      throw new IllegalArgumentException(
          "invalid predicate type \"%s\": neither a URI nor one of %s"
              .formatted(name, String.join(", ", new TreeSet<>(TYPES.keySet()))));
    }
    return type == null ? name : type;
  }

  /**
   * A document of a type. {@code custom} takes any text and wraps it with the time, {@code spdx}
   * any text, all others a JSON object, whose bytes stay as they are.
   *
   * @param name a short name, or a URI
   * @param document the document
   * @throws IllegalArgumentException if the name is neither
   * @throws InvalidContentException if the document isn't JSON, or larger than 12 MiB
   */
  public static Predicate of(String name, Bytes document, InstantSource clock)
      throws InvalidContentException {
    var type = typeOf(name);
    if (document.size() > MAX_SIZE) {
      throw new InvalidContentException("the predicate is larger than 12 MiB");
    }
    if (type.equals(CUSTOM)) {
      var wrapped = new LinkedHashMap<String, Object>();
      wrapped.put("Data", document.toString());
      wrapped.put("Timestamp", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
      return new Predicate(type, Bytes.of(Json.write(wrapped)));
    }
    if (name.equals("spdx")) {
      return new Predicate(type, Bytes.of(Json.write(document.toString())));
    }
    Json.parseObject(document.toArray(), "predicate");
    return new Predicate(type, Bytes.of(new String(document.toArray(), UTF_8).strip()));
  }
}
