package io.github.tugoci.cli.sign;

import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.signature.SignResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was signed or attested.
 *
 * @param verb {@code Signed} or {@code Attested}
 * @param all what was done, in order
 */
record SignedResult(String verb, List<One> all) {
  /**
   * One of them.
   *
   * @param repository where it is
   * @param result what was done
   */
  record One(Reference repository, SignResult result) {
    String reference() {
      return repository.withDigest(result.subject().digest()).toString();
    }
  }

  void print(CommandContext session) {
    session.print(
        Map.of(verb.toLowerCase(Locale.ROOT), all.stream().map(SignedResult::json).toList()),
        text());
  }

  private List<String> text() {
    var lines = new ArrayList<String>();
    for (var one : all) {
      lines.add(verb + (one.result().added() ? ": " : " before: ") + one.reference());
      lines.add("Signature: " + one.result().signature());
    }
    return lines;
  }

  private static Signature json(One one) {
    var result = one.result();
    return new Signature(
        one.reference(),
        result.subject().digest(),
        result.subject().mediaType(),
        result.signature(),
        result.format().name().toLowerCase(Locale.ROOT),
        result.added());
  }

  private record Signature(
      String reference,
      Digest digest,
      MediaType mediaType,
      Digest signature,
      String format,
      boolean added)
      implements JsonRecord {}
}
