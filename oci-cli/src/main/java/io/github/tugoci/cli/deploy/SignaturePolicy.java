package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.connect.Identities;
import io.github.tugoci.cli.connect.Keys;
import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.signature.Predicate;
import io.github.tugoci.signature.TextPattern;
import io.github.tugoci.signature.TrustedSigner;
import io.github.tugoci.signature.VerificationPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who must have signed an image or the chart.
 *
 * @param keys the files of the public keys that are trusted
 * @param identity who is trusted to sign without a key
 * @param threshold how many of these must have signed
 * @param annotations what each signature must say too
 * @param attestations the types of attestations that must be there, as URIs
 */
record SignaturePolicy(
    List<Path> keys,
    Optional<Identity> identity,
    int threshold,
    Map<String, String> annotations,
    List<String> attestations) {
  private static final int MAX_THRESHOLD = 100;
  private static final Set<String> FIELDS =
      Set.of(
          "keys",
          "identity",
          "identityRegexp",
          "issuer",
          "issuerRegexp",
          "trustedRoot",
          "threshold",
          "annotations",
          "attestations");

  /**
   * Who signs without a key.
   *
   * @param root the file of the trusted root
   * @param subject what a certificate must name
   * @param issuer who must have vouched for it
   */
  record Identity(Path root, TextPattern subject, TextPattern issuer) {}

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
    fields.onlyKnows(FIELDS);
    var keys = fields.strings("keys").stream().map(policy::resolveSibling).toList();
    var identity = identity(fields, policy);
    int signers = keys.size() + (identity.isPresent() ? 1 : 0);
    if (signers == 0) {
      throw fields.invalid("keys", "must name at least one public key file unless identity is set");
    }
    int threshold = fields.integer("threshold", 1, MAX_THRESHOLD);
    if (threshold < 1 || threshold > signers) {
      throw fields.invalid("threshold", "must be 1 to %d, as many as signers".formatted(signers));
    }
    var types = new ArrayList<String>();
    for (var name : fields.strings("attestations")) {
      try {
        types.add(Predicate.typeOf(name));
      } catch (IllegalArgumentException e) {
        throw fields.invalid("attestations", "has an " + e.getMessage());
      }
    }
    return new SignaturePolicy(keys, identity, threshold, fields.texts("annotations"), types);
  }

  private static Optional<Identity> identity(PolicyFields fields, Path policy) {
    var subject = pattern(fields, "identity");
    var issuer = pattern(fields, "issuer");
    var root = fields.string("trustedRoot").map(policy::resolveSibling);
    if (subject.isEmpty() && issuer.isEmpty() && root.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Identity(
            root.orElseThrow(() -> fields.invalid("trustedRoot", "is missing beside identity")),
            subject.orElseThrow(() -> fields.invalid("identity", "is missing beside issuer")),
            issuer.orElseThrow(() -> fields.invalid("issuer", "is missing beside identity"))));
  }

  /** A text, or a regular expression under the same name with {@code Regexp}. */
  private static Optional<TextPattern> pattern(PolicyFields fields, String key) {
    try {
      return Identities.pattern(
          fields.string(key).orElse(null), fields.string(key + "Regexp").orElse(null));
    } catch (IllegalArgumentException e) {
      throw fields.invalid(key, "is invalid: " + e.getMessage());
    }
  }

  /** The files that say whom to trust. */
  Stream<Path> files() {
    return Stream.concat(keys.stream(), identity.map(Identity::root).stream());
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
    var read = new ArrayList<TrustedSigner>();
    for (var key : keys) {
      read.add(Keys.verifying(key.toString(), environment).withName(key.getFileName().toString()));
    }
    if (identity.isPresent()) {
      var who = identity.get();
      read.add(Identities.of(who.root(), who.subject(), who.issuer()));
    }
    try {
      return new VerificationPolicy(read, threshold, wanted);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "the policy's signatures: " + e.getMessage(), "name as many different keys", e);
    }
  }
}
