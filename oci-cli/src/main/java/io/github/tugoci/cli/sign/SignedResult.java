package io.github.tugoci.cli.sign;

import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.signature.SignResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was signed or attested.
 *
 * @param verb {@code Signed} or {@code Attested}
 * @param all what was done, in order
 */
record SignedResult(String verb, List<One> all) implements Result {
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

  @Override
  public List<String> text() {
    var lines = new ArrayList<String>();
    for (var one : all) {
      lines.add(verb + (one.result().added() ? ": " : " before: ") + one.reference());
      lines.add("Signature: " + one.result().signature());
    }
    return lines;
  }

  @Override
  public Map<String, ?> json() {
    return Map.of(verb.toLowerCase(Locale.ROOT), all.stream().map(SignedResult::json).toList());
  }

  private static Map<String, Object> json(One one) {
    var json = new LinkedHashMap<String, Object>();
    json.put("reference", one.reference());
    json.put("digest", one.result().subject().digest().toString());
    json.put("mediaType", one.result().subject().mediaType().value());
    json.put("signature", one.result().signature().toString());
    json.put("format", one.result().format().name().toLowerCase(Locale.ROOT));
    json.put("added", one.result().added());
    return json;
  }
}
