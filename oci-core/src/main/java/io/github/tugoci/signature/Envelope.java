package io.github.tugoci.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.sigstore.Base64Text;
import io.github.tugoci.sigstore.ProtoJson;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A DSSE envelope: a payload of a type, and signatures of both together.
 *
 * @param payload what is signed
 * @param signatures the signatures; at least one
 */
record Envelope(Bytes payload, List<Bytes> signatures) {
  /** The one type of payload that is signed here: in-toto statements. */
  private static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

  private static final int MAX_SIGNATURES = 16;
  private static final Set<String> MEMBERS = Set.of("payload", "payloadType", "signatures");
  private static final Set<String> SIGNATURE_MEMBERS = Set.of("sig", "keyid");

  /** Copies the list. */
  Envelope {
    signatures = List.copyOf(signatures);
  }

  static Envelope of(JsonObject json) throws InvalidContentException {
    ProtoJson.refuseOthers(json, MEMBERS);
    var type = json.requiredString("payloadType");
    if (!type.equals(PAYLOAD_TYPE)) {
      throw new InvalidContentException(
          "%s: payloadType is %s, not %s".formatted(json.path(), type, PAYLOAD_TYPE));
    }
    var signatures = new ArrayList<Bytes>();
    for (var signature : json.objects("signatures")) {
      ProtoJson.refuseOthers(signature, SIGNATURE_MEMBERS);
      signatures.add(
          Bytes.of(Base64Text.decode(signature.requiredString("sig"), signature.path() + ": sig")));
    }
    if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
      throw new InvalidContentException(
          "%s has %d signatures".formatted(json.path(), signatures.size()));
    }
    return new Envelope(
        Bytes.of(Base64Text.decode(json.requiredString("payload"), json.path() + ": payload")),
        signatures);
  }

  /** What is signed for a payload: DSSE's "pre-authentication encoding". */
  static byte[] signedBytes(Bytes payload) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        "DSSEv1 %d %s %d "
            .formatted(PAYLOAD_TYPE.length(), PAYLOAD_TYPE, payload.size())
            .getBytes(UTF_8));
    bytes.writeBytes(payload.toArray());
    return bytes.toByteArray();
  }

  /** The envelope as cosign's bundles have it; in its older form signatures have a key's name. */
  Map<String, Object> toJson(SignatureFormat format) {
    var json = new LinkedHashMap<String, Object>();
    var list = new ArrayList<Map<String, Object>>();
    for (var signature : signatures) {
      var entry = new LinkedHashMap<String, Object>();
      if (format == SignatureFormat.LEGACY) {
        entry.put("keyid", "");
      }
      entry.put("sig", Base64Text.encode(signature.toArray()));
      list.add(entry);
    }
    json.put("payloadType", PAYLOAD_TYPE);
    json.put("payload", Base64Text.encode(payload.toArray()));
    json.put("signatures", list);
    return json;
  }
}
