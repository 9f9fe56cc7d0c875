package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.error.SignatureVerificationException;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.registry.Repository;
import io.github.tugoci.signature.VerificationKey;
import io.github.tugoci.signature.VerifiedSignature;
import io.github.tugoci.signature.Verifier;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks that what is to be deployed is signed as the policy asks for, and keeps by whom. */
final class SignatureCheck {
  private final SignaturePolicies policies;
  private final Environment environment;
  private final Map<Checked, List<String>> checked = new HashMap<>();
  private final Map<String, List<String>> signers = new LinkedHashMap<>();

  /** An image that stands for another needn't be looked at twice. */
  private record Checked(Digest digest, SignaturePolicy policy) {}

  SignatureCheck(Policy policy, Environment environment) {
    this.policies = policy.signatures();
    this.environment = environment;
  }

  /**
   * Checks an image or the chart.
   *
   * @param digest what is deployed: a tag was resolved before, once
   * @throws SignatureVerificationException if it isn't signed so
   */
  void check(String key, Repository repository, Digest digest) throws IOException {
    var asked = policies.of(key);
    if (asked.isEmpty()) {
      return;
    }
    var policy = asked.get();
    var same = new Checked(digest, policy);
    if (checked.containsKey(same)) {
      signers.put(key, checked.get(same));
      return;
    }
    var signed = Verifier.verify(repository, digest, policy.ofSignatures(environment));
    for (var type : policy.attestations()) {
      Verifier.verifyAttestation(repository, digest, type, policy.ofAttestations(environment));
    }
    checked.put(same, signed.signatures().stream().map(SignatureCheck::name).toList());
    signers.put(key, checked.get(same));
  }

  private static String name(VerifiedSignature signature) {
    var certificate = signature.certificate();
    if (certificate != null) {
      return certificate.identity() + " " + certificate.issuer();
    }
    var signer = signature.signer();
    return signer instanceof VerificationKey key
        ? key.name() + " " + key.fingerprint()
        : signer.name();
  }

  /** The keys and identities that signed, by what they signed. */
  Map<String, List<String>> signers() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(signers));
  }
}
