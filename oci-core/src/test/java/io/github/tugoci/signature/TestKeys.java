package io.github.tugoci.signature;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** Keys of each kind, made for the test. */
final class TestKeys {
  private TestKeys() {}

  static String plainPem(String kind) {
    try {
      var generator =
          KeyPairGenerator.getInstance(
              kind.startsWith("secp") ? "EC" : kind.equals("Ed25519") ? kind : "RSA");
      if (!kind.equals("Ed25519")) {
        generator.initialize(parameters(kind));
      }
      return new PemBlock(
              "PRIVATE KEY", Bytes.of(generator.generateKeyPair().getPrivate().getEncoded()))
          .toText();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AlgorithmParameterSpec parameters(String kind) {
    return kind.startsWith("secp")
        ? new ECGenParameterSpec(kind)
        : new RSAKeyGenParameterSpec(
            Integer.parseInt(kind.substring(3)), RSAKeyGenParameterSpec.F4);
  }

  /** A key of a kind: a curve's name, {@code Ed25519}, or {@code RSA} with its bits. */
  static SigningKey of(String kind) throws InvalidContentException {
    return SigningKey.parse(plainPem(kind), kind, () -> new char[0]);
  }

  /** The JDK's key behind one on P-256. */
  static PrivateKey privateKey(SigningKey key) throws GeneralSecurityException {
    try {
      var pem = PemBlock.parse(key.toEncryptedPem(new char[0]), "key");
      var encoded = EncryptedKey.decrypt(pem.content().toArray(), new char[0], "key");
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (InvalidContentException e) {
      throw new GeneralSecurityException(e);
    }
  }
}
