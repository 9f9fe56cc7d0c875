package io.github.tugoci.signature;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.sigstore.Base64Text;
import io.github.tugoci.sigstore.ProtoJson;
import io.github.tugoci.sigstore.VerificationMaterial;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Sigstore bundle, version 0.3: a DSSE envelope and what it is verified by.
 *
 * @param envelope what is signed
 * @param material the certificate and what comes with it; null if a key signed
 */
record Bundle(Envelope envelope, @Nullable VerificationMaterial material) {
  /** The type of the bundle, of its layer, and of the artifact that carries it. */
  static final MediaType TYPE = new MediaType("application/vnd.dev.sigstore.bundle.v0.3+json");

  /** The same version in the words of the version before. */
  private static final String OLD_TYPE = "application/vnd.dev.sigstore.bundle+json;version=0.3";

  private static final Set<String> MEMBERS =
      Set.of("mediaType", "verificationMaterial", "dsseEnvelope");
  private static final Set<String> MATERIAL =
      Set.of("publicKey", "tlogEntries", "timestampVerificationData");

  /** A bundle that a key signed. */
  Bundle(Envelope envelope) {
    this(envelope, null);
  }

  static Bundle parse(Bytes bytes, String what) throws InvalidContentException {
    var json = Json.parseObject(bytes.toArray(), what);
    var type = json.requiredString("mediaType");
    if (!type.equals(TYPE.value()) && !type.equals(OLD_TYPE)) {
      throw new InvalidContentException(
          "%s: unsupported media type %s, not a bundle of version 0.3".formatted(what, type));
    }
    ProtoJson.refuseOthers(json, MEMBERS);
    var envelope = Envelope.of(json.requiredObject("dsseEnvelope"));
    if (envelope.signatures().size() != 1) {
      throw new InvalidContentException(what + " has more than one signature");
    }
    return new Bundle(envelope, material(json.requiredObject("verificationMaterial")));
  }

  /** Of a key's bundle nothing is looked at: it is to be verified by a key that is known. */
  private static @Nullable VerificationMaterial material(JsonObject json)
      throws InvalidContentException {
    if (json.object("certificate").isPresent()) {
      return VerificationMaterial.of(json);
    }
    ProtoJson.refuseOthers(json, MATERIAL);
    json.requiredObject("publicKey");
    return null;
  }

  /** The bundle's text, with a hint at the key. */
  Bytes toBytes(VerificationKey key) {
    var json = new LinkedHashMap<String, Object>();
    json.put("mediaType", TYPE.value());
    json.put("verificationMaterial", Map.of("publicKey", Map.of("hint", hint(key))));
    json.put("dsseEnvelope", envelope.toJson(SignatureFormat.BUNDLE));
    return Bytes.of(Json.write(json));
  }

  /** As cosign makes it: the hash of the key's encoding. Whoever reads it need not believe it. */
  private static String hint(VerificationKey key) {
    return Base64Text.encode(HexFormat.of().parseHex(key.fingerprint().hex()));
  }
}
