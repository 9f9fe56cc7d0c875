package io.github.tugoci.signature;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The payload of a signature in the older form: a digest, the name it had, and annotations. */
final class SimpleSigning {
  static final MediaType TYPE = new MediaType("application/vnd.dev.cosign.simplesigning.v1+json");

  /** The annotation of a layer that holds its signature. */
  static final String SIGNATURE = "dev.cosignproject.cosign/signature";

  private static final String CLAIM_TYPE = "cosign container image signature";

  private SimpleSigning() {}

  /** The payload as cosign writes it, byte for byte. */
  static Bytes write(Digest subject, String repository, Map<String, String> annotations) {
    var critical = new LinkedHashMap<String, Object>();
    critical.put("identity", Map.of("docker-reference", repository));
    critical.put("image", Map.of("docker-manifest-digest", subject.toString()));
    critical.put("type", CLAIM_TYPE);
    Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    payload.put("critical", critical);
    payload.put("optional", annotations.isEmpty() ? null : new TreeMap<>(annotations));
    return Bytes.of(Json.write(payload));
  }

  /**
   * Reads a payload whose signature is good. The name in it isn't looked at: it changes with each
   * copy.
   */
  static Claim read(Bytes payload, Digest subject, String what) throws InvalidContentException {
    var json = Json.parseObject(payload.toArray(), what);
    var critical = json.requiredObject("critical");
    var type = critical.requiredString("type");
    if (!type.equals(CLAIM_TYPE)) {
      throw new InvalidContentException("%s is not a signature: %s".formatted(what, type));
    }
    var digest = critical.requiredObject("image").requiredString("docker-manifest-digest");
    if (!digest.equals(subject.toString())) {
      throw new InvalidContentException("%s is about %s".formatted(what, digest));
    }
    return new Claim(
        ClaimType.SIGNATURE.predicateType(), Claim.annotations(json.object("optional")), payload);
  }
}
