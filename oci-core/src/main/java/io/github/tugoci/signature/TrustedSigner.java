package io.github.tugoci.signature;

/** A trusted signer: a key, or an identity that certificates name. */
public sealed interface TrustedSigner permits CertificateIdentity, VerificationKey {
  /** What it is called in results and messages. */
  String name();
}
