package io.github.tugoci.sigstore;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What comes with a keyless signature, of which nothing is believed yet.
 *
 * @param certificate the certificate
 * @param entries what logs of signatures are said to have
 * @param timestamps time stamps
 */
public record VerificationMaterial(
    Bytes certificate, List<LogEntry> entries, List<Bytes> timestamps) {
  private static final int MOST = 32;
  private static final String PREFIX = "dev.sigstore.cosign/";
  private static final Set<String> MEMBERS =
      Set.of("certificate", "tlogEntries", "timestampVerificationData");

  /** Copies the lists. */
  public VerificationMaterial {
    entries = List.copyOf(entries);
    timestamps = List.copyOf(timestamps);
  }

  /** Reads that of a bundle, in which the promise of a log isn't enough (from version 0.2 on). */
  public static VerificationMaterial of(JsonObject json) throws InvalidContentException {
    ProtoJson.refuseOthers(json, MEMBERS);
    var entries = new ArrayList<LogEntry>();
    for (var entry : ProtoJson.objects(json, "tlogEntries", MOST)) {
      var read = LogEntry.of(entry);
      if (read.proof() == null) {
        throw new InvalidContentException(entry.path() + " has no inclusion proof");
      }
      entries.add(read);
    }
    var timestamps = new ArrayList<Bytes>();
    var data = json.object("timestampVerificationData");
    if (data.isPresent()) {
      for (var entry : ProtoJson.objects(data.get(), "rfc3161Timestamps", MOST)) {
        timestamps.add(ProtoJson.bytes(entry, "signedTimestamp"));
      }
    }
    var certificate = ProtoJson.bytes(json.requiredObject("certificate"), "rawBytes");
    return new VerificationMaterial(certificate, entries, timestamps);
  }

  /** Reads that of a layer's annotations, as cosign's older form has it; empty if it has none. */
  public static Optional<VerificationMaterial> of(Map<String, String> annotations)
      throws InvalidContentException {
    var certificate = annotations.getOrDefault(PREFIX + "certificate", "");
    if (certificate.isEmpty()) {
      return Optional.empty();
    }
    var entry = annotations.getOrDefault(PREFIX + "bundle", "");
    var timestamp = annotations.getOrDefault(PREFIX + "rfc3161timestamp", "");
    return Optional.of(
        new VerificationMaterial(
            Certificates.pem(certificate, "the certificate"),
            entry.isEmpty() ? List.of() : List.of(LogEntry.ofAnnotation(entry)),
            timestamp.isEmpty() ? List.of() : List.of(timestamp(timestamp))));
  }

  private static Bytes timestamp(String text) throws InvalidContentException {
    var json = Json.parseObject(Bytes.of(text).toArray(), "the time stamp's annotation");
    return ProtoJson.bytes(json, "SignedRFC3161Timestamp");
  }
}
