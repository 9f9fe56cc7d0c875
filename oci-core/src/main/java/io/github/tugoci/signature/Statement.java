package io.github.tugoci.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.reference.Digest;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An in-toto statement: a predicate about subjects, which are named by their digests. */
final class Statement {
  private static final String V1 = "https://in-toto.io/Statement/v1";
  private static final String V0_1 = "https://in-toto.io/Statement/v0.1";
  private static final int MAX_SUBJECTS = 1024;

  private Statement() {}

  /** The statement that is a signature, as cosign 3 writes it. */
  static Bytes signature(Digest subject, Map<String, String> annotations) {
    var about = new LinkedHashMap<String, Object>();
    about.put("digest", Map.of(subject.algorithm().toString(), subject.hex()));
    about.put("annotations", new TreeMap<>(annotations));
    var json = new LinkedHashMap<String, Object>();
    json.put("_type", V1);
    json.put("subject", List.of(about));
    json.put("predicateType", ClaimType.SIGNATURE.predicateType());
    json.put("predicate", Map.of());
    return Bytes.of(Json.write(json));
  }

  /** An attestation; the predicate's bytes stay as they are. */
  static Bytes attestation(Digest subject, String repository, Predicate predicate) {
    var about = new LinkedHashMap<String, Object>();
    about.put("name", repository);
    about.put("digest", Map.of(subject.algorithm().toString(), subject.hex()));
    var head = new LinkedHashMap<String, Object>();
    head.put("_type", V0_1);
    head.put("subject", List.of(about));
    head.put("predicateType", predicate.type());
    var bytes = new ByteArrayOutputStream();
    var opened = Json.write(head);
    bytes.write(opened, 0, opened.length - 1);
    bytes.writeBytes(",\"predicate\":".getBytes(UTF_8));
    bytes.writeBytes(predicate.content().toArray());
    bytes.write('}');
    return Bytes.of(bytes.toByteArray());
  }

  /** Reads a statement whose signature is good. */
  static Claim read(Bytes payload, ClaimType type, Digest subject, String what)
      throws InvalidContentException {
    var json = Json.parseObject(payload.toArray(), what);
    var version = json.requiredString("_type");
    if (!version.equals(V1) && !version.equals(V0_1)) {
      throw new InvalidContentException(
          "%s: unsupported type %s, not an in-toto statement".formatted(what, version));
    }
    var predicateType = json.requiredString("predicateType");
    if (!predicateType.equals(type.predicateType())) {
      throw new InvalidContentException("%s has type %s".formatted(what, predicateType));
    }
    var about = subject(json, subject, what);
    return new Claim(predicateType, Claim.annotations(about.object("annotations")), payload);
  }

  private static JsonObject subject(JsonObject json, Digest wanted, String what)
      throws InvalidContentException {
    var subjects = json.objects("subject");
    if (subjects.size() > MAX_SUBJECTS) {
      throw new InvalidContentException(what + " has more than " + MAX_SUBJECTS + " subjects");
    }
    for (var subject : subjects) {
      var digests = subject.object("digest");
      if (digests.isPresent()
          && digests
              .get()
              .string(wanted.algorithm().toString())
              .filter(wanted.hex()::equals)
              .isPresent()) {
        return subject;
      }
    }
    throw new InvalidContentException(what + " is about something else");
  }
}
