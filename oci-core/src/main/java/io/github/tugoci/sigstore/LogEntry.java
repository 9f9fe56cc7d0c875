package io.github.tugoci.sigstore;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.Bytes;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a log of signatures (Rekor), and what proves that the log has it.
 *
 * @param index its number in the log
 * @param logId the log's name
 * @param time when it got in, in seconds since 1970; 0 if nothing says it
 * @param promise the log's signature of it; null if there is none
 * @param proof that the log's tree has it; null if there is none
 * @param body what the log keeps
 */
record LogEntry(
    long index,
    Bytes logId,
    long time,
    @Nullable Bytes promise,
    @Nullable InclusionProof proof,
    Bytes body) {
  private static final Set<String> MEMBERS =
      Set.of(
          "logIndex",
          "logId",
          "kindVersion",
          "integratedTime",
          "inclusionPromise",
          "inclusionProof",
          "canonicalizedBody");

  /** The end of what an Instant can be is far behind it. */
  private static final long LATEST = 1L << 40;

  /** Reads one of a bundle. */
  static LogEntry of(JsonObject json) throws InvalidContentException {
    ProtoJson.refuseOthers(json, MEMBERS);
    var promise = json.object("inclusionPromise");
    var proof = json.object("inclusionProof");
    var body = ProtoJson.bytes(json, "canonicalizedBody");
    var kind = json.requiredObject("kindVersion");
    var type = kind.requiredString("kind") + " " + kind.requiredString("version");
    if (!EntryBody.parse(body).type().equals(type)) {
      throw new InvalidContentException(json.path() + ": kindVersion is another than the body's");
    }
    return new LogEntry(
        ProtoJson.number(json, "logIndex"),
        ProtoJson.bytes(json.requiredObject("logId"), "keyId"),
        time(ProtoJson.number(json, "integratedTime"), json),
        promise.isPresent() ? ProtoJson.bytes(promise.get(), "signedEntryTimestamp") : null,
        proof.isPresent() ? InclusionProof.of(proof.get()) : null,
        body);
  }

  /** Reads one of an annotation of cosign's older form: it has a promise, never a proof. */
  static LogEntry ofAnnotation(String text) throws InvalidContentException {
    var json = Json.parseObject(Bytes.of(text).toArray(), "the log entry's annotation");
    ProtoJson.refuseOthers(json, Set.of("SignedEntryTimestamp", "Payload"));
    var payload = json.requiredObject("Payload");
    ProtoJson.refuseOthers(payload, Set.of("body", "integratedTime", "logIndex", "logID"));
    return new LogEntry(
        ProtoJson.number(payload, "logIndex"),
        hex(payload.requiredString("logID"), payload),
        time(ProtoJson.number(payload, "integratedTime"), payload),
        ProtoJson.bytes(json, "SignedEntryTimestamp"),
        null,
        ProtoJson.bytes(payload, "body"));
  }

  private static Bytes hex(String text, JsonObject json) throws InvalidContentException {
    try {
      return Bytes.of(HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException e) {
      throw new InvalidContentException(json.path() + ": logID is not hexadecimal", e);
    }
  }

  private static long time(long seconds, JsonObject json) throws InvalidContentException {
    if (seconds > LATEST) {
      throw new InvalidContentException(json.path() + ": integratedTime is out of range");
    }
    return seconds;
  }

  /**
   * Checks that a log has it.
   *
   * @return when it got in, if the log signed that
   * @throws InvalidContentException if it hasn't
   */
  Optional<Instant> verify(TransparencyLog log) throws InvalidContentException {
    if (promise == null && proof == null) {
      throw new InvalidContentException("the log entry has neither a promise nor a proof");
    }
    if (proof != null) {
      proof.verify(body, log);
    }
    if (promise == null) {
      return Optional.empty();
    }
    if (!log.verify(promised(), promise.toArray())) {
      throw new InvalidContentException("the log entry's timestamp is not signed by the log");
    }
    var moment = Instant.ofEpochSecond(time);
    if (time == 0 || !log.period().contains(moment)) {
      throw new InvalidContentException("the log is not trusted at " + moment);
    }
    return Optional.of(moment);
  }

  /** What the log signs as a promise: JSON in canonical form (RFC 8785). */
  private byte[] promised() {
    var json = new LinkedHashMap<String, Object>();
    json.put("body", Base64Text.encode(body.toArray()));
    json.put("integratedTime", time);
    json.put("logID", HexFormat.of().formatHex(logId.toArray()));
    json.put("logIndex", index);
    return Json.write(json);
  }
}
