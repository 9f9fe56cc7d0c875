package io.github.tugoci.signature;

import io.github.tugoci.model.Bytes;
import io.github.tugoci.reference.Digest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A signature or an attestation that a trusted key or identity made.
 *
 * @param signer the key or the identity, as the policy has it
 * @param certificate whom the certificate names; null if a key signed
 * @param format how it is stored
 * @param manifest the manifest of the artifact that holds it
 * @param predicateType what kind of statement it is
 * @param annotations what was signed beside the content's digest, in order
 * @param payload what was signed: an in-toto statement or, for signatures of the older form,
 *     cosign's payload
 */
public record VerifiedSignature(
    TrustedSigner signer,
    @Nullable SignerCertificate certificate,
    SignatureFormat format,
    Digest manifest,
    String predicateType,
    Map<String, String> annotations,
    Bytes payload) {
  /** Copies the map. */
  public VerifiedSignature {
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }
}
