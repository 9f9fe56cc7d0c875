package io.github.tugoci.signature;

import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.Tag;
import java.util.Optional;

/**
 * What is looked for or written: signatures, or attestations of a type.
 *
 * @param predicateType the type of the statement in a bundle
 * @param layerType the layers' type in the older form
 * @param suffix the end of the tag of the older form
 */
record ClaimType(String predicateType, MediaType layerType, String suffix) {
  /** The types of an artifact that holds layers of the older form without a tag. */
  private static final MediaType SIGNATURE_ARTIFACT =
      new MediaType("application/vnd.dev.cosign.artifact.sig.v1+json");

  private static final MediaType ATTESTATION_ARTIFACT =
      new MediaType("application/vnd.in-toto+json");

  /** Signatures. */
  static final ClaimType SIGNATURE =
      new ClaimType("https://sigstore.dev/cosign/sign/v1", SimpleSigning.TYPE, ".sig");

  /** Attestations with such a predicate. */
  static ClaimType attestation(String predicateType) {
    return new ClaimType(
        predicateType, new MediaType("application/vnd.dsse.envelope.v1+json"), ".att");
  }

  boolean isSignature() {
    return layerType.equals(SimpleSigning.TYPE);
  }

  MediaType artifactType() {
    return isSignature() ? SIGNATURE_ARTIFACT : ATTESTATION_ARTIFACT;
  }

  /**
   * Where the older form keeps what is about some content; empty if a tag can't be as long as its
   * digest.
   */
  Optional<Tag> tag(Digest subject) {
    var name = subject.algorithm() + "-" + subject.hex() + suffix;
    return Reference.isTag(name) ? Optional.of(new Tag(name)) : Optional.empty();
  }

  /** For messages. */
  @Override
  public String toString() {
    return isSignature() ? "signature" : "attestation of type " + predicateType;
  }
}
