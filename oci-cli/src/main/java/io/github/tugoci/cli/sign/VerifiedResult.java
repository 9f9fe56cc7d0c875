package io.github.tugoci.cli.sign;

import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.signature.RefusedSignature;
import io.github.tugoci.signature.Verification;
import io.github.tugoci.signature.VerifiedSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was verified.
 *
 * @param reference what was asked for
 * @param verification what was found
 */
record VerifiedResult(String reference, Verification verification) {
  /** Prints it. */
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
      lines.add("Signed by: %s (%s)".formatted(signature.key(), signature.key().fingerprint()));
      signature.annotations().forEach((name, value) -> lines.add("  " + name + "=" + value));
    }
    return lines;
  }

  private static Signature json(VerifiedSignature signature) {
    return new Signature(
        signature.key().name(),
        signature.key().fingerprint().toString(),
        signature.format().name().toLowerCase(Locale.ROOT),
        signature.manifest().toString(),
        signature.predicateType(),
        signature.annotations());
  }

  private record Members(
      String reference, Digest digest, List<Signature> signatures, List<String> refused)
      implements JsonRecord {}

  private record Signature(
      String key,
      String fingerprint,
      String format,
      String manifest,
      @Nullable String predicateType,
      Map<String, String> annotations)
      implements JsonRecord.Complete {}
}
