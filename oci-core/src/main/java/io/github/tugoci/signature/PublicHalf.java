package io.github.tugoci.signature;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.sigstore.KeyAlgorithm;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * The public half of a private key, which is computed: what a file says of it may be missing, or
 * another key's.
 */
final class PublicHalf {
  /** What stands before the 32 bytes of an Ed25519 key (RFC 8410). */
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private PublicHalf() {}

  static PublicKey of(PrivateKey key, KeyAlgorithm algorithm, String name)
      throws InvalidContentException {
    try {
      return KeyFactory.getInstance(algorithm.family()).generatePublic(spec(key, algorithm, name));
    } catch (GeneralSecurityException e) {
      throw new InvalidContentException("invalid private key " + name, e);
    }
  }

  private static KeySpec spec(PrivateKey key, KeyAlgorithm algorithm, String name)
      throws InvalidContentException {
    if (key instanceof ECPrivateKey ec) {
      return point(ec, algorithm);
    }
    if (key instanceof EdECPrivateKey ed && ed.getBytes().isPresent()) {
      var bytes = new ByteArrayOutputStream();
      bytes.writeBytes(ED25519_PREFIX);
      bytes.writeBytes(
          new Ed25519PrivateKeyParameters(ed.getBytes().get()).generatePublicKey().getEncoded());
      return new X509EncodedKeySpec(bytes.toByteArray());
    }
    if (key instanceof RSAPrivateCrtKey rsa) {
      return new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent());
    }
    throw new InvalidContentException("unsupported private key " + name + ": no public part");
  }

  private static ECPublicKeySpec point(ECPrivateKey key, KeyAlgorithm algorithm) {
    var curve =
        CustomNamedCurves.getByName(
            switch (algorithm) {
              case ECDSA_P256 -> "secp256r1";
              case ECDSA_P384 -> "secp384r1";
              case ECDSA_P521 -> "secp521r1";
              case ED25519, RSA -> throw new IllegalArgumentException(algorithm + " has no curve");
            });
    var point = new FixedPointCombMultiplier().multiply(curve.getG(), key.getS()).normalize();
    return new ECPublicKeySpec(
        new ECPoint(point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger()),
        key.getParams());
  }
}
