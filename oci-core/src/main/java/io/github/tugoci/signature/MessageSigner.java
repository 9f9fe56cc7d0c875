package io.github.tugoci.signature;

import java.io.IOException;

/** Signs messages with one private key, which may be in memory, in a device or in a service. */
public interface MessageSigner {
  /** The public key that verifies what is signed. */
  VerificationKey publicKey();

  /**
   * Signs a message: ECDSA as ASN.1 DER with the hash of the curve's size, RSA by PKCS #1 v1.5 with
   * SHA-256, Ed25519 without a hash.
   *
   * @throws IOException if the key can't be reached or used
   */
  byte[] sign(byte[] message) throws IOException;
}
