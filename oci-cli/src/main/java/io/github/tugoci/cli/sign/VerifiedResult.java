package io.github.tugoci.cli.sign;

import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.signature.RefusedSignature;
import io.github.tugoci.signature.SignerCertificate;
import io.github.tugoci.signature.Verification;
import io.github.tugoci.signature.VerificationKey;
import io.github.tugoci.signature.VerifiedSignature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What was verified.
 *
 * @param reference what was asked for
 * @param verification what was found
 */
record VerifiedResult(String reference, Verification verification) {
  void print(CommandContext session) {
    session.print(
        new Members(
            reference,
            verification.digest(),
            verification.signatures().stream().map(VerifiedResult::json).toList(),
            verification.refused().stream().map(RefusedSignature::toString).toList()),
        text());
  }

  private List<String> text() {
    var lines = new ArrayList<String>();
    lines.add("Verified: " + reference);
    lines.add("Digest: " + verification.digest());
    for (var signature : verification.signatures()) {
      lines.add("Signed by: " + signer(signature));
      signature.annotations().forEach((name, value) -> lines.add("  " + name + "=" + value));
    }
    return lines;
  }

  private static String signer(VerifiedSignature signature) {
    var certificate = signature.certificate();
    return certificate == null
        ? "%s (%s)".formatted(signature.signer().name(), fingerprint(signature).orElse(""))
        : "%s (issuer %s, at %s)"
            .formatted(certificate.identity(), certificate.issuer(), certificate.time());
  }

  private static Optional<String> fingerprint(VerifiedSignature signature) {
    return signature.signer() instanceof VerificationKey key
        ? Optional.of(key.fingerprint().toString())
        : Optional.empty();
  }

  private static Signature json(VerifiedSignature signature) {
    var certificate = Optional.ofNullable(signature.certificate());
    var fingerprint = fingerprint(signature);
    return new Signature(
        fingerprint.map(text -> signature.signer().name()),
        fingerprint,
        certificate.map(SignerCertificate::identity),
        certificate.map(SignerCertificate::issuer),
        certificate.map(SignerCertificate::time),
        signature.format().name().toLowerCase(Locale.ROOT),
        signature.manifest().toString(),
        signature.predicateType(),
        signature.annotations());
  }

  private record Members(
      String reference, Digest digest, List<Signature> signatures, List<String> refused)
      implements JsonRecord {}

  private record Signature(
      Optional<String> key,
      Optional<String> fingerprint,
      Optional<String> identity,
      Optional<String> issuer,
      Optional<Instant> signedAt,
      String format,
      String manifest,
      String predicateType,
      Map<String, String> annotations)
      implements JsonRecord {}
}
