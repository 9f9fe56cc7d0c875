package io.github.tugoci.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.file.InputFile;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.sigstore.KeyAlgorithm;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Arrays;

/**
 * A public key that is trusted, with the name it goes by. Two are equal if they are the same key,
 * whatever their names: ECDSA on P-256, P-384 or P-521, Ed25519, or RSA from 2048 bits on.
 */
public final class VerificationKey implements TrustedSigner {
  private static final String PUBLIC_KEY = "PUBLIC KEY";

  private final String name;
  private final PublicKey key;
  private final KeyAlgorithm algorithm;
  private final byte[] encoded;

  private VerificationKey(String name, PublicKey key, KeyAlgorithm algorithm) {
    this.name = name;
    this.key = key;
    this.algorithm = algorithm;
    this.encoded = key.getEncoded();
  }

  /**
   * A key of the JDK's.
   *
   * @param name what it is called in results and messages
   * @throws IllegalArgumentException if it is of another kind, or too short
   */
  public static VerificationKey of(PublicKey key, String name) {
    return new VerificationKey(
        name,
        key,
        KeyAlgorithm.of(key)
            .orElseThrow(() -> new IllegalArgumentException("unsupported key: " + name)));
  }

  /**
   * Reads a key in PEM form, as {@code cosign generate-key-pair} writes it.
   *
   * @param name what it is called in results and messages
   * @throws InvalidContentException if it isn't a public key, or its kind is unsupported
   */
  public static VerificationKey parse(String pem, String name) throws InvalidContentException {
    var block = PemBlock.parse(pem, name);
    if (!block.type().equals(PUBLIC_KEY)) {
      throw new InvalidContentException(
          "invalid public key %s: its PEM block is of type %s".formatted(name, block.type()));
    }
    var key =
        KeyAlgorithm.publicKey(block.content().toArray())
            .orElseThrow(() -> new InvalidContentException("invalid public key " + name));
    if (KeyAlgorithm.of(key).isEmpty()) {
      throw new InvalidContentException(
          "unsupported public key %s: neither ECDSA on P-256, P-384 or P-521, nor Ed25519, nor RSA"
                  .formatted(name)
              + " from 2048 bits on");
    }
    return of(key, name);
  }

  /**
   * Reads a key's file.
   *
   * @throws InvalidContentException if it isn't a public key, or its kind is unsupported
   */
  public static VerificationKey read(Path file) throws IOException {
    return parse(readPem(file), file.toString());
  }

  static String readPem(Path file) throws IOException {
    return new String(InputFile.read(file, PemBlock.MAX_SIZE + 1), US_ASCII);
  }

  @Override
  public String name() {
    return name;
  }

  /** The same key under another name. */
  public VerificationKey withName(String newName) {
    return new VerificationKey(newName, key, algorithm);
  }

  /** The key as the JDK has it. */
  public PublicKey key() {
    return key;
  }

  /** The digest of the key's standard encoding (SubjectPublicKeyInfo). */
  public Digest fingerprint() {
    return Digest.of(encoded);
  }

  /** The key in PEM form. */
  public String toPem() {
    return new PemBlock(PUBLIC_KEY, Bytes.of(encoded)).toText();
  }

  /** Whether a signature of a message is by this key; a malformed one isn't. */
  public boolean verify(byte[] message, byte[] signature) {
    return algorithm.verify(key, message, signature);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerificationKey that && Arrays.equals(encoded, that.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
