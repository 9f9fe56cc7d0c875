package io.github.tugoci.sigstore;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.Bytes;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** X.509 certificates, read from DER and PEM. */
final class Certificates {
  private static final int MAX_SIZE = 64 << 10;
  private static final int MAX_CHAIN = 10;
  private static final Pattern PEM =
      Pattern.compile(
          "\\s*-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----\\s*");

  private Certificates() {}

  static X509Certificate parse(Bytes der, String what) throws InvalidContentException {
    if (der.size() > MAX_SIZE) {
      throw new InvalidContentException(what + " has more than 64 KiB");
    }
    Der.parse(der.toArray(), what);
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der.toArray()));
    } catch (CertificateException e) {
      throw new InvalidContentException("invalid %s: %s".formatted(what, e.getMessage()), e);
    }
  }

  /** The bytes of the one certificate in a PEM text. */
  static Bytes pem(String text, String what) throws InvalidContentException {
    // A certificate of 64 KiB takes 89 KiB.
    var block = text.length() <= 2 * MAX_SIZE ? PEM.matcher(text) : PEM.matcher("");
    if (!block.matches()) {
      throw new InvalidContentException(what + " is not one certificate in PEM");
    }
    try {
      return Bytes.of(Base64.getDecoder().decode(block.group(1).replaceAll("\\s", "")));
    } catch (IllegalArgumentException e) {
      throw new InvalidContentException(what + " is not base64", e);
    }
  }

  /** The same of a text's bytes. */
  static Bytes pem(Bytes text, String what) throws InvalidContentException {
    return pem(new String(text.toArray(), US_ASCII), what);
  }

  /** A list of certificates as the bundle's and the trusted root's formats have it. */
  static List<X509Certificate> chain(JsonObject json) throws InvalidContentException {
    var chain = new ArrayList<X509Certificate>();
    for (var entry : ProtoJson.objects(json, "certificates", MAX_CHAIN)) {
      chain.add(parse(ProtoJson.bytes(entry, "rawBytes"), entry.path()));
    }
    if (chain.isEmpty()) {
      throw new InvalidContentException(json.path() + " has no certificate");
    }
    return chain;
  }
}
