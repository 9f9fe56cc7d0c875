package io.github.tugoci.signature;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.reference.Digest;
import java.util.List;

/**
 * Something that claims to be signed: nothing of it is believed before a key verifies it.
 *
 * @param format how it is stored
 * @param place where it was found, for messages
 * @param manifest the manifest that leads to it
 * @param message the bytes that are signed
 * @param signatures the signatures
 * @param payload what is said
 */
record SignedContent(
    SignatureFormat format,
    String place,
    Digest manifest,
    Bytes message,
    List<Bytes> signatures,
    Bytes payload) {

  static SignedContent of(SignatureFormat format, String place, Digest manifest, Envelope content) {
    return new SignedContent(
        format,
        place,
        manifest,
        Bytes.of(Envelope.signedBytes(content.payload())),
        content.signatures(),
        content.payload());
  }

  /** Whether a key made one of the signatures. */
  boolean isSignedBy(VerificationKey key) {
    var signed = message.toArray();
    return signatures.stream().anyMatch(signature -> key.verify(signed, signature.toArray()));
  }

  /**
   * What is said of a subject; to be asked once a key has verified it.
   *
   * @throws InvalidContentException if it is about something else, or another type of claim
   */
  Claim claim(ClaimType type, Digest subject) throws InvalidContentException {
    return message.equals(payload)
        ? SimpleSigning.read(payload, subject, "the payload")
        : Statement.read(payload, type, subject, "the statement");
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
