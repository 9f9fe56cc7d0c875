package io.github.tugoci.signature;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.sigstore.KeyAlgorithm;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.function.Supplier;

/**
 * A private key in memory.
 *
 * <pre>{@code
 * var key = SigningKey.read(Path.of("cosign.key"), () -> password);
 * Signer.of(key, SignOptions.defaults()).sign(repository, new Tag("1.2.0"));
 * }</pre>
 */
public final class SigningKey implements MessageSigner {
  private static final String PLAIN = "PRIVATE KEY";
  private static final String ENCRYPTED = "ENCRYPTED SIGSTORE PRIVATE KEY";
  private static final String ENCRYPTED_BY_OLD = "ENCRYPTED COSIGN PRIVATE KEY";

  private final PrivateKey key;
  private final KeyAlgorithm algorithm;
  private final VerificationKey publicKey;

  private SigningKey(PrivateKey key, KeyAlgorithm algorithm, VerificationKey publicKey) {
    this.key = key;
    this.algorithm = algorithm;
    this.publicKey = publicKey;
  }

  /** Makes a new key: ECDSA on P-256, as cosign does. */
  public static SigningKey generate() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var pair = generator.generateKeyPair();
      return new SigningKey(
          pair.getPrivate(),
          KeyAlgorithm.ECDSA_P256,
          VerificationKey.of(pair.getPublic(), "generated"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  /**
   * Reads a key in PEM form: what cosign writes, encrypted by a password, or plain PKCS #8.
   *
   * @param name what it is called in results and messages
   * @param password is asked if the key is encrypted
   * @throws InvalidContentException if it isn't a private key, or its kind is unsupported
   * @throws IllegalArgumentException if the password is wrong
   * @throws IllegalStateException if Bouncy Castle, an optional dependency, is missing
   */
  public static SigningKey parse(String pem, String name, Supplier<char[]> password)
      throws InvalidContentException {
    var block = PemBlock.parse(pem, name);
    try {
      return switch (block.type()) {
        case PLAIN -> of(block.content().toArray(), name);
        case ENCRYPTED, ENCRYPTED_BY_OLD ->
            of(EncryptedKey.decrypt(block.content().toArray(), password.get(), name), name);
        default ->
            throw new InvalidContentException(
                "unsupported private key %s: its PEM block is of type %s, not a PKCS #8 key"
                    .formatted(name, block.type()));
      };
    } catch (NoClassDefFoundError e) {
      throw missingLibrary(e);
    }
  }

  /**
   * Reads a key's file.
   *
   * @param password is asked if the key is encrypted
   * @throws InvalidContentException if it isn't a private key, or its kind is unsupported
   * @throws IllegalArgumentException if the password is wrong
   * @throws IllegalStateException if Bouncy Castle, an optional dependency, is missing
   */
  public static SigningKey read(Path file, Supplier<char[]> password) throws IOException {
    return parse(VerificationKey.readPem(file), file.toString(), password);
  }

  private static SigningKey of(byte[] encoded, String name) throws InvalidContentException {
    var key =
        KeyAlgorithm.privateKey(encoded)
            .orElseThrow(() -> new InvalidContentException("invalid private key " + name));
    var algorithm =
        KeyAlgorithm.of(key)
            .orElseThrow(
                () ->
                    new InvalidContentException(
                        "unsupported private key %s: neither ECDSA on P-256, P-384 or P-521, nor"
                                .formatted(name)
                            + " Ed25519, nor RSA from 2048 bits on"));
    return new SigningKey(
        key, algorithm, VerificationKey.of(PublicHalf.of(key, algorithm, name), name));
  }

  private static IllegalStateException missingLibrary(NoClassDefFoundError e) {
    return new IllegalStateException(
        "private keys need org.bouncycastle:bcprov-jdk18on, an optional dependency of oci-core:"
            + " add it to the program's dependencies (module org.bouncycastle.provider)",
        e);
  }

  @Override
  public VerificationKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] message) {
    return algorithm.sign(key, message);
  }

  /**
   * The key in PEM form, encrypted as cosign does it.
   *
   * @throws IllegalStateException if Bouncy Castle, an optional dependency, is missing
   */
  public String toEncryptedPem(char[] password) {
    try {
      return new PemBlock(ENCRYPTED, Bytes.of(EncryptedKey.encrypt(key.getEncoded(), password)))
          .toText();
    } catch (NoClassDefFoundError e) {
      throw missingLibrary(e);
    }
  }

  /** The name, nothing of the key. */
  @Override
  public String toString() {
    return publicKey.name();
  }
}
