package io.github.tugoci.signature;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.sigstore.SignedMessage;
import io.github.tugoci.sigstore.VerificationMaterial;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that claims to be signed: nothing of it is believed before a key verifies it.
 *
 * @param format how it is stored
 * @param place where it was found, for messages
 * @param manifest the manifest that leads to it
 * @param message the bytes that are signed
 * @param signatures the signatures
 * @param payload what is said
 * @param stamped what a time stamp is about if it isn't the signature
 * @param material what comes with a signature that a certificate's key made
 */
record SignedContent(
    SignatureFormat format,
    String place,
    Digest manifest,
    Bytes message,
    List<Bytes> signatures,
    Bytes payload,
    @Nullable Bytes stamped,
    Material material) {

  /** Certificate, log entries and time stamps, which are read when they are wanted. */
  interface Material {
    /** Reads them; empty if there is no certificate. */
    Optional<VerificationMaterial> read() throws InvalidContentException;
  }

  /** An envelope that a key signed. */
  static SignedContent of(SignatureFormat format, String place, Digest manifest, Envelope content) {
    return of(format, place, manifest, content, null, Optional::empty);
  }

  static SignedContent of(
      SignatureFormat format,
      String place,
      Digest manifest,
      Envelope content,
      @Nullable Bytes stamped,
      Material material) {
    return new SignedContent(
        format,
        place,
        manifest,
        Bytes.of(Envelope.signedBytes(content.payload())),
        content.signatures(),
        content.payload(),
        stamped,
        material);
  }

  private boolean hasEnvelope() {
    return !message.equals(payload);
  }

  boolean hasCertificate() {
    try {
      return material.read().isPresent();
    } catch (InvalidContentException e) {
      return true;
    }
  }

  /**
   * Verifies that an identity made the signature.
   *
   * @return whom the certificate names
   * @throws InvalidContentException if it didn't
   */
  SignerCertificate verify(CertificateIdentity identity) throws InvalidContentException {
    var read = material.read();
    if (read.isEmpty()) {
      throw new InvalidContentException("it is signed with a key, not with a certificate");
    }
    if (signatures.size() != 1) {
      throw new InvalidContentException("it has more than one signature");
    }
    var signature = signatures.get(0);
    return identity.verify(
        read.get(),
        new SignedMessage(
            message,
            signature,
            hasEnvelope() ? payload : null,
            stamped == null ? signature : stamped));
  }

  /** Whether a key made one of the signatures; a bundle with a certificate is signed by none. */
  boolean isSignedBy(VerificationKey key) {
    if (format == SignatureFormat.BUNDLE && hasCertificate()) {
      return false;
    }
    var signed = message.toArray();
    return signatures.stream().anyMatch(signature -> key.verify(signed, signature.toArray()));
  }

  /**
   * What is said of a subject; to be asked once a key has verified it.
   *
   * @throws InvalidContentException if it is about something else, or another type of claim
   */
  Claim claim(ClaimType type, Digest subject) throws InvalidContentException {
    return hasEnvelope()
        ? Statement.read(payload, type, subject, "the statement")
        : SimpleSigning.read(payload, subject, "the payload");
  }

  /** Whether it says what a payload says: cosign writes the same with blanks, in another order. */
  boolean says(Bytes other, ClaimType type, Digest subject) {
    try {
      return type.isSignature()
          ? claim(type, subject)
              .annotations()
              .equals(Statement.read(other, type, subject, "statement").annotations())
          : Json.parseObject(payload.toArray(), "statement")
              .asMap()
              .equals(Json.parseObject(other.toArray(), "statement").asMap());
    } catch (InvalidContentException e) {
      return false;
    }
  }
}
