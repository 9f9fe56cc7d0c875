package io.github.tugoci.sigstore;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A time stamp (RFC 3161): an authority's word, signed in CMS (RFC 5652), that it was shown some
 * content at a time.
 */
final class TimestampToken {
  private static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
  private static final String USAGES = "2.5.29.37";
  private static final String SIGNED_DATA = "1.2.840.113549.1.7.2";
  private static final String TIMESTAMP_INFO = "1.2.840.113549.1.9.16.1.4";
  private static final String CONTENT_TYPE = "1.2.840.113549.1.9.3";
  private static final String MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
  private static final String SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
  private static final String SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
  private static final int GRANTED_WITH_CHANGES = 1;

  private static final Map<String, String> HASHES =
      Map.of(
          "2.16.840.1.101.3.4.2.1", "SHA-256",
          "2.16.840.1.101.3.4.2.2", "SHA-384",
          "2.16.840.1.101.3.4.2.3", "SHA-512");

  private static final Map<String, String> SIGNATURES =
      Map.of(
          "1.2.840.10045.4.3.2", "SHA256withECDSA",
          "1.2.840.10045.4.3.3", "SHA384withECDSA",
          "1.2.840.10045.4.3.4", "SHA512withECDSA",
          "1.2.840.113549.1.1.11", "SHA256withRSA",
          "1.2.840.113549.1.1.12", "SHA384withRSA",
          "1.2.840.113549.1.1.13", "SHA512withRSA");

  /** What says that it is a key of RSA, and leaves the hash to another field. */
  private static final String RSA = "1.2.840.113549.1.1.1";

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  private final byte[] info;
  private final List<X509Certificate> certificates = new ArrayList<>();
  private final List<Der> signer;

  private TimestampToken(Der response) throws InvalidContentException {
    var parts = response.children(Der.SEQUENCE, 2);
    var status = parts.get(0).children(Der.SEQUENCE, 1).get(0).integer();
    if (status.signum() < 0 || status.bitLength() > GRANTED_WITH_CHANGES) {
      throw response.invalid("the authority refused");
    }
    var content = parts.get(1).children(Der.SEQUENCE, 2);
    expect(content.get(0), SIGNED_DATA);
    var signed = content.get(1).child(Der.CONTEXT).children(Der.SEQUENCE, 4);
    var encapsulated = signed.get(2).children(Der.SEQUENCE, 2);
    expect(encapsulated.get(0), TIMESTAMP_INFO);
    info = encapsulated.get(1).child(Der.CONTEXT).content(Der.OCTET_STRING);
    for (var set : signed.subList(3, signed.size() - 1)) {
      if (set.tag() == Der.CONTEXT) {
        for (var certificate : set.children(Der.CONTEXT)) {
          certificates.add(
              Certificates.parse(Bytes.of(certificate.encoded()), "a time stamp's certificate"));
        }
      }
    }
    signer = signed.get(signed.size() - 1).child(Der.SET).children(Der.SEQUENCE, 6);
  }

  private static void expect(Der found, String oid) throws InvalidContentException {
    if (!found.oid().equals(oid)) {
      throw found.invalid("type %s instead of %s".formatted(found.oid(), oid));
    }
  }

  static TimestampToken parse(Bytes response) throws InvalidContentException {
    return new TimestampToken(Der.parse(response.toArray(), "time stamp"));
  }

  /**
   * Checks that an authority stamped some content.
   *
   * @param certificate the signer's
   * @return when
   * @throws InvalidContentException if it didn't, or wasn't to be trusted then
   */
  Instant verify(Bytes stamped, X509Certificate certificate, CertificateAuthority authority)
      throws InvalidContentException {
    var fields = Der.parse(info, "time stamp").children(Der.SEQUENCE, 5);
    var imprint = fields.get(2).children(Der.SEQUENCE, 2);
    if (!Arrays.equals(
        hash(imprint.get(0), stamped.toArray()), imprint.get(1).content(Der.OCTET_STRING))) {
      throw new InvalidContentException("the time stamp is of another signature");
    }
    var time = time(fields.get(4));
    checkUsage(certificate);
    authority.issuer(certificate, time, TIME_STAMPING);
    checkSignature(certificate);
    return time;
  }

  private static Instant time(Der field) throws InvalidContentException {
    var text = new String(field.content(Der.GENERALIZED_TIME), US_ASCII);
    try {
      int fraction = text.indexOf('.');
      var seconds =
          fraction < 0 ? text.substring(0, text.length() - 1) : text.substring(0, fraction);
      if (text.endsWith("Z")) {
        // What is behind the second counts for nobody.
        return LocalDateTime.parse(seconds, TIME).toInstant(ZoneOffset.UTC);
      }
    } catch (DateTimeException | IndexOutOfBoundsException e) {
      throw new InvalidContentException("invalid time stamp: not a time: " + text, e);
    }
    throw field.invalid("not in UTC");
  }

  /** The certificate that the signer names: an authority's own, or one that came along. */
  Optional<X509Certificate> signer(CertificateAuthority authority) throws InvalidContentException {
    var name = signer.get(1).children(Der.SEQUENCE, 2);
    var issuer = Bytes.of(name.get(0).encoded());
    var serial = name.get(1).integer();
    var first = authority.chain().get(0);
    var known = first.getBasicConstraints() < 0 ? List.of(first) : certificates;
    for (var certificate : known) {
      if (certificate.getSerialNumber().equals(serial)
          && Bytes.of(certificate.getIssuerX500Principal().getEncoded()).equals(issuer)) {
        return Optional.of(certificate);
      }
    }
    return Optional.empty();
  }

  private static void checkUsage(X509Certificate certificate) throws InvalidContentException {
    if (!List.of(TIME_STAMPING).equals(CertificateAuthority.usages(certificate))
        || !certificate.getCriticalExtensionOIDs().contains(USAGES)
        || certificate.getBasicConstraints() >= 0) {
      throw new InvalidContentException("the authority's certificate is not for time stamps alone");
    }
  }

  private void checkSignature(X509Certificate certificate) throws InvalidContentException {
    var attributes = signer.get(3);
    var found = attributes.children(Der.CONTEXT);
    expect(attribute(found, CONTENT_TYPE, attributes), TIMESTAMP_INFO);
    if (!Arrays.equals(
        hash(signer.get(2), info),
        attribute(found, MESSAGE_DIGEST, attributes).content(Der.OCTET_STRING))) {
      throw new InvalidContentException("the time stamp's content is not what was signed");
    }
    checkCertificate(found, attributes, certificate);
    try {
      var verifier = Signature.getInstance(signatureAlgorithm());
      verifier.initVerify(certificate.getPublicKey());
      // They are signed as a set, whatever tag they have here.
      verifier.update(Der.encode(Der.SET, attributes.content()));
      if (verifier.verify(signer.get(5).content(Der.OCTET_STRING))) {
        return;
      }
    } catch (GeneralSecurityException e) {
      throw new InvalidContentException("the time stamp's signature is invalid", e);
    }
    throw new InvalidContentException("the time stamp is not signed by the authority");
  }

  private static Der attribute(List<Der> attributes, String oid, Der all)
      throws InvalidContentException {
    Der value = null;
    for (var attribute : attributes) {
      var parts = attribute.children(Der.SEQUENCE, 2);
      if (parts.get(0).oid().equals(oid)) {
        if (value != null) {
          throw all.invalid("an attribute that comes twice");
        }
        value = parts.get(1).child(Der.SET);
      }
    }
    if (value == null) {
      throw all.invalid("the attribute %s is missing".formatted(oid));
    }
    return value;
  }

  /** The signer's certificate is signed too (RFC 5816), so that no other with its key can pass. */
  private static void checkCertificate(List<Der> attributes, Der all, X509Certificate certificate)
      throws InvalidContentException {
    boolean older = true;
    for (var attribute : attributes) {
      older &= !attribute.children(Der.SEQUENCE, 2).get(0).oid().equals(SIGNING_CERTIFICATE_V2);
    }
    var value = attribute(attributes, older ? SIGNING_CERTIFICATE : SIGNING_CERTIFICATE_V2, all);
    var id = value.children(Der.SEQUENCE, 1).get(0).children(Der.SEQUENCE, 1).get(0);
    var fields = id.children(Der.SEQUENCE, 1);
    boolean named = fields.get(0).tag() == Der.SEQUENCE;
    try {
      var encoded = certificate.getEncoded();
      var hash =
          older
              ? MessageDigest.getInstance("SHA-1").digest(encoded)
              : named
                  ? hash(fields.get(0), encoded)
                  : MessageDigest.getInstance("SHA-256").digest(encoded);
      if (!Arrays.equals(hash, fields.get(!older && named ? 1 : 0).content(Der.OCTET_STRING))) {
        throw new InvalidContentException("the time stamp names another certificate");
      }
    } catch (GeneralSecurityException | IndexOutOfBoundsException e) {
      throw new InvalidContentException("invalid time stamp", e);
    }
  }

  private static byte[] hash(Der algorithm, byte[] content) throws InvalidContentException {
    return sha(hashName(algorithm), content);
  }

  private static String hashName(Der algorithm) throws InvalidContentException {
    var oid = algorithm.children(Der.SEQUENCE, 1).get(0).oid();
    var name = HASHES.get(oid);
    if (name == null) {
      throw algorithm.invalid("unsupported hash " + oid);
    }
    return name;
  }

  private static byte[] sha(String name, byte[] content) throws InvalidContentException {
    try {
      return MessageDigest.getInstance(name).digest(content);
    } catch (GeneralSecurityException e) {
      throw new InvalidContentException("invalid time stamp", e);
    }
  }

  private String signatureAlgorithm() throws InvalidContentException {
    var oid = signer.get(4).children(Der.SEQUENCE, 1).get(0).oid();
    var name =
        oid.equals(RSA)
            ? hashName(signer.get(2)).replace("-", "") + "withRSA"
            : SIGNATURES.get(oid);
    if (name == null) {
      throw signer.get(4).invalid("unsupported signature " + oid);
    }
    return name;
  }
}
