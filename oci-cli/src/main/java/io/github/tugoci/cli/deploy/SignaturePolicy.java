package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.connect.Keys;
import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.signature.Predicate;
import io.github.tugoci.signature.VerificationKey;
import io.github.tugoci.signature.VerificationPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who must have signed an image or the chart.
 *
 * @param keys the files of the public keys that are trusted
 * @param threshold how many of them must have signed
 * @param annotations what each signature must say too
 * @param attestations the types of attestations that must be there, as URIs
 */
record SignaturePolicy(
    List<Path> keys, int threshold, Map<String, String> annotations, List<String> attestations) {
  private static final int MAX_THRESHOLD = 100;

  /** Copies the collections. */
  SignaturePolicy {
    keys = List.copyOf(keys);
    annotations = Map.copyOf(annotations);
    attestations = List.copyOf(attestations);
  }

  /**
   * Reads one.
   *
   * @param policy the policy's own file, beside which the keys are
   */
  static SignaturePolicy read(PolicyFields fields, Path policy) {
    var keys = fields.strings("keys").stream().map(policy::resolveSibling).toList();
    if (keys.isEmpty()) {
      throw fields.invalid("keys", "must name at least one file with a public key");
    }
    int threshold = fields.integer("threshold", 1, MAX_THRESHOLD);
    if (threshold < 1 || threshold > keys.size()) {
      throw fields.invalid("threshold", "must be 1 to %d, as many as keys".formatted(keys.size()));
    }
    var types = new ArrayList<String>();
    for (var name : fields.strings("attestations")) {
      try {
        types.add(Predicate.typeOf(name));
      } catch (IllegalArgumentException e) {
        throw fields.invalid("attestations", "has an " + e.getMessage());
      }
    }
    var signatures = new SignaturePolicy(keys, threshold, fields.texts("annotations"), types);
    fields.end();
    return signatures;
  }

  /**
   * What signatures must be.
   *
   * @throws InvalidInputException if a key can't be read, or two are the same and too few are left
   */
  VerificationPolicy ofSignatures(Environment environment) throws IOException {
    return with(annotations, environment);
  }

  /** What attestations must be: they have no annotations. */
  VerificationPolicy ofAttestations(Environment environment) throws IOException {
    return with(Map.of(), environment);
  }

  private VerificationPolicy with(Map<String, String> wanted, Environment environment)
      throws IOException {
    var read = new ArrayList<VerificationKey>();
    for (var key : keys) {
      read.add(Keys.verifying(key.toString(), environment).withName(key.getFileName().toString()));
    }
    try {
      return new VerificationPolicy(read, threshold, wanted);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "the policy's signatures: " + e.getMessage(), "name as many different keys", e);
    }
  }
}
