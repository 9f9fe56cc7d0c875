package io.github.tugoci.sigstore;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a log of signatures was told, and keeps: a signature, by what it is verified, and the digest
 * of what is signed.
 */
final class EntryBody {
  private static final Set<String> HASHES = Set.of("SHA-256", "SHA-384", "SHA-512");

  private final JsonObject json;
  private final JsonObject spec;
  private final String type;

  private EntryBody(JsonObject json) throws InvalidContentException {
    this.json = json;
    this.spec = json.requiredObject("spec");
    this.type = json.requiredString("kind") + " " + json.requiredString("apiVersion");
  }

  static EntryBody parse(Bytes bytes) throws InvalidContentException {
    return new EntryBody(Json.parseObject(bytes.toArray(), "the log entry"));
  }

  /** Kind and version. */
  String type() {
    return type;
  }

  /**
   * Checks that it is about a signature, all of it.
   *
   * @throws InvalidContentException if it is about another one
   */
  void check(SignedMessage signed, SigningCertificate certificate) throws InvalidContentException {
    switch (type) {
      case "hashedrekord 0.0.1" -> {
        var signature = spec.requiredObject("signature");
        var hash = spec.requiredObject("data").requiredObject("hash");
        check("digest", isHashOf(signed.message(), hash));
        check("signature", signed.signature().equals(ProtoJson.bytes(signature, "content")));
        checkPem(ProtoJson.bytes(signature.requiredObject("publicKey"), "content"), certificate);
      }
      case "hashedrekord 0.0.2" -> {
        var content = spec.requiredObject("hashedRekordV002");
        check("digest", isNewHashOf(signed.message(), content.requiredObject("data")));
        checkNew(content.requiredObject("signature"), signed, certificate);
      }
      case "dsse 0.0.1" -> {
        check("payload", isHashOf(signed.payload(), spec.requiredObject("payloadHash")));
        var signature = one(spec.objects("signatures"));
        check("signature", signed.signature().equals(ProtoJson.bytes(signature, "signature")));
        checkPem(ProtoJson.bytes(signature, "verifier"), certificate);
      }
      case "dsse 0.0.2" -> {
        var content = spec.requiredObject("dsseV002");
        var hash = content.requiredObject("payloadHash");
        check("payload", isNewHashOf(signed.payload(), hash));
        checkNew(one(content.objects("signatures")), signed, certificate);
      }
      case "intoto 0.0.2" -> {
        var content = spec.requiredObject("content");
        check("payload", isHashOf(signed.payload(), content.requiredObject("payloadHash")));
        var signature = one(content.requiredObject("envelope").objects("signatures"));
        // Base64 of base64: the type keeps the text of the envelope.
        var text = ProtoJson.bytes(signature, "sig").toString();
        check(
            "signature",
            signed.signature().equals(Bytes.of(Base64Text.decode(text, json.path() + ": sig"))));
        checkPem(ProtoJson.bytes(signature, "publicKey"), certificate);
      }
      default -> throw new InvalidContentException("unsupported type of log entry: " + type);
    }
  }

  private void checkNew(JsonObject json, SignedMessage signed, SigningCertificate certificate)
      throws InvalidContentException {
    check("signature", signed.signature().equals(ProtoJson.bytes(json, "content")));
    var verifier = json.requiredObject("verifier").requiredObject("x509Certificate");
    checkCertificate(ProtoJson.bytes(verifier, "rawBytes"), certificate);
  }

  private static JsonObject one(List<JsonObject> signatures) throws InvalidContentException {
    if (signatures.size() != 1) {
      throw new InvalidContentException(
          "the log entry has %d signatures".formatted(signatures.size()));
    }
    return signatures.get(0);
  }

  private void checkPem(Bytes pem, SigningCertificate certificate) throws InvalidContentException {
    checkCertificate(Certificates.pem(pem, json.path() + ": its certificate"), certificate);
  }

  private void checkCertificate(Bytes der, SigningCertificate certificate)
      throws InvalidContentException {
    try {
      check("certificate", der.equals(Bytes.of(certificate.certificate().getEncoded())));
    } catch (CertificateEncodingException e) {
      throw new InvalidContentException("invalid certificate", e);
    }
  }

  private static void check(String part, boolean same) throws InvalidContentException {
    if (!same) {
      throw new InvalidContentException("the log entry is about another " + part);
    }
  }

  /** A hash as older types have it: {@code sha256}, in hexadecimal. */
  private static boolean isHashOf(@Nullable Bytes content, JsonObject hash)
      throws InvalidContentException {
    var value = hash.requiredString("value");
    try {
      return isHashOf(
          content,
          hash.requiredString("algorithm").replace("sha", "SHA-"),
          HexFormat.of().parseHex(value));
    } catch (IllegalArgumentException e) {
      throw new InvalidContentException(hash.path() + ": not hexadecimal: " + value, e);
    }
  }

  /** A hash as newer types have it: {@code SHA2_256}, in base64. */
  private static boolean isNewHashOf(@Nullable Bytes content, JsonObject hash)
      throws InvalidContentException {
    return isHashOf(
        content,
        hash.requiredString("algorithm").replace("SHA2_", "SHA-"),
        ProtoJson.bytes(hash, "digest").toArray());
  }

  /** Whether a hash is of some content; a message without envelope has no payload. */
  private static boolean isHashOf(@Nullable Bytes content, String algorithm, byte[] value)
      throws InvalidContentException {
    if (!HASHES.contains(algorithm)) {
      throw new InvalidContentException("unsupported hash in the log entry: " + algorithm);
    }
    try {
      return content != null
          && Arrays.equals(value, MessageDigest.getInstance(algorithm).digest(content.toArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
