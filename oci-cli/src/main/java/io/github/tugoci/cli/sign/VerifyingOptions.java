package io.github.tugoci.cli.sign;

import io.github.tugoci.cli.connect.Identities;
import io.github.tugoci.cli.connect.Keys;
import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.signature.CertificateIdentity;
import io.github.tugoci.signature.TextPattern;
import io.github.tugoci.signature.TrustedSigner;
import io.github.tugoci.signature.VerificationPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** By whom something must be signed: keys, or an identity that a certificate names. */
final class VerifyingOptions {
  private static final String IDENTITY = "--certificate-identity";
  private static final String ISSUER = "--certificate-oidc-issuer";
  private static final String ROOT = "--trusted-root";

  @Option(
      names = "--key",
      paramLabel = "FILE|env://NAME",
      description = "Trust this public key; repeatable.")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = IDENTITY,
      paramLabel = "IDENTITY",
      description = "Trust this identity, as a certificate names it, to sign without a key.")
  private @Nullable String identity;

  @Option(
      names = IDENTITY + "-regexp",
      paramLabel = "REGEXP",
      description = "Trust identities that match this regular expression as a whole.")
  private @Nullable String identityExpression;

  @Option(
      names = ISSUER,
      paramLabel = "URL",
      description = "Require this OpenID Connect issuer of the identity.")
  private @Nullable String issuer;

  @Option(
      names = ISSUER + "-regexp",
      paramLabel = "REGEXP",
      description = "Require an issuer that matches this regular expression as a whole.")
  private @Nullable String issuerExpression;

  @Option(
      names = ROOT,
      paramLabel = "FILE",
      description = "Verify certificates, offline, against this trusted_root.json of Sigstore.")
  private @Nullable Path root;

  @Option(
      names = "--threshold",
      paramLabel = "N",
      description = "Require signatures by N of the keys and identities (default: 1).")
  private int threshold = 1;

  @Option(
      names = {"-a", "--annotation"},
      paramLabel = "KEY=VALUE",
      description = "Require this annotation in each signature; repeatable.")
  private Map<String, String> annotations = new LinkedHashMap<>();

  VerificationPolicy policy(Environment environment) throws IOException {
    var signers = new ArrayList<TrustedSigner>(Keys.verifying(keys, environment));
    identity().ifPresent(signers::add);
    if (signers.isEmpty()) {
      throw new InvalidInputException(
          "missing required option --key or " + IDENTITY,
          "name the signer's public key, or the identity of a keyless signature");
    }
    try {
      return new VerificationPolicy(signers, threshold, annotations);
    } catch (IllegalArgumentException e) {
      throw InvalidInputException.of(e, "name as many different keys with --key");
    }
  }

  /** An identity says nothing without the issuer, and nothing without a root. */
  private Optional<CertificateIdentity> identity() throws IOException {
    if (Stream.of(identity, identityExpression, issuer, issuerExpression, root)
        .allMatch(option -> option == null)) {
      return Optional.empty();
    }
    var subject = pattern(IDENTITY, identity, identityExpression);
    var by = pattern(ISSUER, issuer, issuerExpression);
    if (root == null) {
      throw missing(ROOT);
    }
    return Optional.of(Identities.of(root, subject, by));
  }

  private static TextPattern pattern(
      String option, @Nullable String text, @Nullable String expression) {
    try {
      return Identities.pattern(text, expression).orElseThrow(() -> missing(option));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "invalid %s: %s".formatted(option, e.getMessage()),
          "write %s TEXT or %s-regexp REGEXP".formatted(option, option),
          e);
    }
  }

  private static InvalidInputException missing(String option) {
    return new InvalidInputException(
        "missing required option " + option,
        "a keyless signature is verified with %s, %s and %s".formatted(IDENTITY, ISSUER, ROOT));
  }
}
