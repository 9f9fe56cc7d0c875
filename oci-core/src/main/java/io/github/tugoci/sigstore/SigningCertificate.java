package io.github.tugoci.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of a key that signed once: whom it names is to be believed when an authority of
 * the trusted root has been found to have issued it.
 *
 * @param certificate the certificate
 * @param algorithm how its key signs
 */
record SigningCertificate(X509Certificate certificate, KeyAlgorithm algorithm) {
  static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

  /** The issuer of the token that its holder was known by: as a string of DER, and without. */
  private static final String ISSUER = "1.3.6.1.4.1.57264.1.8";

  private static final String OLD_ISSUER = "1.3.6.1.4.1.57264.1.1";
  private static final String SUBJECT_NAMES = "2.5.29.17";
  private static final String USER_NAME = "1.3.6.1.4.1.57264.1.7";
  private static final int MAIL = Der.PRIMITIVE_CONTEXT + 1;
  private static final int ADDRESS = Der.PRIMITIVE_CONTEXT + 6;
  private static final int MAX_NAME = 1024;

  static SigningCertificate of(Bytes der) throws InvalidContentException {
    var certificate = Certificates.parse(der, "the certificate");
    var algorithm =
        KeyAlgorithm.of(certificate.getPublicKey())
            .orElseThrow(
                () ->
                    new InvalidContentException("the certificate's key is of an unsupported kind"));
    return new SigningCertificate(certificate, algorithm);
  }

  boolean signed(Bytes message, Bytes signature) {
    return algorithm.verify(certificate.getPublicKey(), message.toArray(), signature.toArray());
  }

  /** Refuses what isn't meant to sign, and what could issue certificates itself. */
  void checkUsage() throws InvalidContentException {
    var usages = CertificateAuthority.usages(certificate);
    if (usages == null || !usages.contains(CODE_SIGNING)) {
      throw new InvalidContentException("the certificate is not for code signing");
    }
    if (certificate.getBasicConstraints() >= 0) {
      throw new InvalidContentException("the certificate is an authority's, not a signer's");
    }
    var keyUsage = certificate.getKeyUsage();
    if (keyUsage != null && !keyUsage[0]) {
      throw new InvalidContentException("the certificate's key is not for digital signatures");
    }
  }

  /** Who signed: the one alternative name, an address, a mail address or a user's name. */
  String identity() throws InvalidContentException {
    var extension = extension(SUBJECT_NAMES);
    if (extension == null) {
      throw new InvalidContentException("the certificate names no identity");
    }
    var name = Der.parse(extension, "alternative name of the certificate").child(Der.SEQUENCE);
    return switch (name.tag()) {
      case MAIL, ADDRESS -> text(name.content());
      case Der.CONTEXT -> userName(name);
      default -> throw name.invalid("neither an address nor a name");
    };
  }

  private static String userName(Der name) throws InvalidContentException {
    var parts = name.children(Der.CONTEXT, 2);
    if (!parts.get(0).oid().equals(USER_NAME)) {
      throw name.invalid("a name of an unknown kind");
    }
    return text(parts.get(1).child(Der.CONTEXT).content(Der.UTF8_STRING));
  }

  /** The issuer of the signer's token; what says it in both forms must say the same. */
  String issuer() throws InvalidContentException {
    var extension = extension(ISSUER);
    var old = extension(OLD_ISSUER);
    if (extension == null && old == null) {
      throw new InvalidContentException("the certificate names no OIDC issuer");
    }
    if (extension == null) {
      return text(old);
    }
    var issuer = Der.parse(extension, "issuer in the certificate").content(Der.UTF8_STRING);
    if (old != null && !Arrays.equals(old, issuer)) {
      throw new InvalidContentException("the certificate names two OIDC issuers");
    }
    return text(issuer);
  }

  private byte @Nullable [] extension(String oid) throws InvalidContentException {
    var extension = certificate.getExtensionValue(oid);
    return extension == null
        ? null
        : Der.parse(extension, "extension of the certificate").content(Der.OCTET_STRING);
  }

  private static String text(byte @Nullable [] bytes) throws InvalidContentException {
    if (bytes == null || bytes.length == 0 || bytes.length > MAX_NAME) {
      throw new InvalidContentException("a name in the certificate is empty or too long");
    }
    try {
      var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.chars().noneMatch(Character::isISOControl)) {
        return text;
      }
    } catch (CharacterCodingException e) {
      throw new InvalidContentException("a name in the certificate is not UTF-8", e);
    }
    throw new InvalidContentException("a name in the certificate has control characters");
  }
}
