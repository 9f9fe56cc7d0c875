package io.github.tugoci.sigstore;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How keys of a kind sign. The key alone decides it: nothing in a signature can choose another
 * algorithm or a weaker hash.
 */
public enum KeyAlgorithm {
  ECDSA_P256("EC", "SHA256withECDSA", "secp256r1"),
  ECDSA_P384("EC", "SHA384withECDSA", "secp384r1"),
  ECDSA_P521("EC", "SHA512withECDSA", "secp521r1"),
  ED25519("Ed25519", "Ed25519", null),
  RSA("RSA", "SHA256withRSA", null);

  /** What cosign takes; less is broken, more takes seconds a signature. */
  private static final int MIN_RSA_BITS = 2048;

  private static final int MAX_RSA_BITS = 16384;
  private static final int ED25519_SIZE = 64;

  private final String family;
  private final String signature;
  private final @Nullable String curve;

  KeyAlgorithm(String family, String signature, @Nullable String curve) {
    this.family = family;
    this.signature = signature;
    this.curve = curve;
  }

  /** The algorithm of a key; empty if it is of another kind, or too short. */
  public static Optional<KeyAlgorithm> of(Key key) {
    return Arrays.stream(values()).filter(algorithm -> algorithm.fits(key)).findFirst();
  }

  private boolean fits(Key key) {
    return switch (this) {
      case ED25519 ->
          key instanceof EdECKey ed
              && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
      case RSA ->
          key instanceof RSAKey rsa
              && rsa.getModulus().bitLength() >= MIN_RSA_BITS
              && rsa.getModulus().bitLength() <= MAX_RSA_BITS;
      case ECDSA_P256, ECDSA_P384, ECDSA_P521 -> key instanceof ECKey ec && isOn(ec.getParams());
    };
  }

  private boolean isOn(ECParameterSpec found) {
    var known = parameters();
    return known.getCurve().equals(found.getCurve())
        && known.getGenerator().equals(found.getGenerator())
        && known.getOrder().equals(found.getOrder());
  }

  /** The curve's parameters. */
  public ECParameterSpec parameters() {
    try {
      var parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(String.valueOf(curve)));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (NoSuchAlgorithmException | InvalidParameterSpecException e) {
      throw new IllegalStateException("every Java platform has the curve " + curve, e);
    }
  }

  /** A public key in its standard encoding (RFC 5280, SubjectPublicKeyInfo). */
  public static Optional<PublicKey> publicKey(byte[] encoded) {
    for (var family : List.of("EC", "Ed25519", "RSA")) {
      try {
        return Optional.of(
            KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(encoded)));
      } catch (GeneralSecurityException e) {
        // Another family's, or none at all.
      }
    }
    return Optional.empty();
  }

  /** A private key in its standard encoding (PKCS #8). */
  public static Optional<PrivateKey> privateKey(byte[] encoded) {
    for (var family : List.of("EC", "Ed25519", "RSA")) {
      try {
        return Optional.of(
            KeyFactory.getInstance(family).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
      } catch (GeneralSecurityException e) {
        // Another family's, or none at all.
      }
    }
    return Optional.empty();
  }

  /** The name of the keys' family in the JDK. */
  public String family() {
    return family;
  }

  /** Signs a message. */
  public byte[] sign(PrivateKey key, byte[] message) {
    try {
      var signer = Signature.getInstance(signature);
      signer.initSign(key);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key of this algorithm can sign: " + this, e);
    }
  }

  /** Whether a signature is by a key; one that is malformed isn't. */
  public boolean verify(PublicKey key, byte[] message, byte[] signed) {
    // The JDK doesn't look at what stands behind a signature of Ed25519.
    if (this == ED25519 && signed.length != ED25519_SIZE) {
      return false;
    }
    try {
      // cosign signs with Ed25519ph and verifies without the hash; neither can pass for the other.
      return verify(key, message, signed, false)
          || (this == ED25519 && verify(key, message, signed, true));
    } catch (InvalidKeyException e) {
      // A certificate can hold what looks like a key only.
      return false;
    } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
      throw new IllegalStateException("a key of this algorithm can verify: " + this, e);
    }
  }

  private boolean verify(PublicKey key, byte[] message, byte[] signed, boolean hashed)
      throws NoSuchAlgorithmException, InvalidKeyException, InvalidAlgorithmParameterException {
    var verifier = Signature.getInstance(signature);
    if (hashed) {
      verifier.setParameter(new EdDSAParameterSpec(true));
    }
    verifier.initVerify(key);
    try {
      verifier.update(message);
      return verifier.verify(signed);
    } catch (SignatureException e) {
      return false;
    }
  }
}
