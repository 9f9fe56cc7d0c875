package io.github.tugoci.signature;

/** The format in which a signature or an attestation is stored beside what it is about. */
public enum SignatureFormat {
  /**
   * A Sigstore bundle in an artifact that refers to the content (OCI 1.1): cosign 3's default, and
   * cosign 2's with {@code --new-bundle-format}.
   */
  BUNDLE,
  /** A layer of an artifact under the tag {@code ALGORITHM-HASH.sig} or {@code .att}. */
  LEGACY
}
