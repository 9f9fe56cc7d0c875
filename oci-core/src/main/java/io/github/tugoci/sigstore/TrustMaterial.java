package io.github.tugoci.sigstore;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whom Sigstore's verifiers trust, as a {@code trusted_root.json} says it.
 *
 * @param authorities who issues signing certificates
 * @param certificateLogs where these are logged
 * @param signatureLogs where signatures are logged
 * @param timestampAuthorities who says when
 */
public record TrustMaterial(
    List<CertificateAuthority> authorities,
    List<TransparencyLog> certificateLogs,
    List<TransparencyLog> signatureLogs,
    List<CertificateAuthority> timestampAuthorities) {
  private static final int MOST = 100;
  private static final Set<String> TYPES =
      Set.of(
          "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
          "application/vnd.dev.sigstore.trustedroot.v0.1+json",
          "application/vnd.dev.sigstore.trustedroot.v0.2+json");

  /** Copies the lists. */
  public TrustMaterial {
    authorities = List.copyOf(authorities);
    certificateLogs = List.copyOf(certificateLogs);
    signatureLogs = List.copyOf(signatureLogs);
    timestampAuthorities = List.copyOf(timestampAuthorities);
  }

  /**
   * Reads one.
   *
   * @param what names it in errors
   * @throws InvalidContentException if it isn't one, or one of another version
   */
  public static TrustMaterial parse(Bytes bytes, String what) throws InvalidContentException {
    var json = Json.parseObject(bytes.toArray(), what);
    var type = json.requiredString("mediaType");
    if (!TYPES.contains(type)) {
      throw new InvalidContentException(
          "%s: unsupported media type %s, not a trusted root of version 0.1".formatted(what, type));
    }
    var material =
        new TrustMaterial(
            authorities(json, "certificateAuthorities"),
            logs(json, "ctlogs"),
            logs(json, "tlogs"),
            authorities(json, "timestampAuthorities"));
    if (material.authorities.isEmpty()) {
      throw new InvalidContentException(what + " has no certificate authority");
    }
    return material;
  }

  private static List<CertificateAuthority> authorities(JsonObject json, String name)
      throws InvalidContentException {
    var found = new ArrayList<CertificateAuthority>();
    for (var entry : ProtoJson.objects(json, name, MOST)) {
      found.add(CertificateAuthority.of(entry));
    }
    return found;
  }

  private static List<TransparencyLog> logs(JsonObject json, String name)
      throws InvalidContentException {
    var found = new ArrayList<TransparencyLog>();
    var entries = ProtoJson.objects(json, name, MOST);
    for (var entry : entries) {
      var log = TransparencyLog.of(entry);
      if (log.isPresent() && find(found, log.get().id()).isPresent()) {
        throw new InvalidContentException(entry.path() + " has the identifier of another log");
      }
      log.ifPresent(found::add);
    }
    // Without any log none is asked for, so that a log must not get lost on the way.
    if (found.isEmpty() && !entries.isEmpty()) {
      throw new InvalidContentException(
          "%s: no key of %s is of a supported kind".formatted(json.path(), name));
    }
    return found;
  }

  static Optional<TransparencyLog> find(List<TransparencyLog> logs, Bytes id) {
    return logs.stream().filter(log -> log.id().equals(id)).findFirst();
  }
}
