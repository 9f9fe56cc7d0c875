package io.github.tugoci.cli.sign;

import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.signature.RefusedSignature;
import io.github.tugoci.signature.Verification;
import io.github.tugoci.signature.VerifiedSignature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was verified.
 *
 * @param reference what was asked for
 * @param verification what was found
 */
record VerifiedResult(String reference, Verification verification) implements Result {
  @Override
  public List<String> text() {
    var lines = new ArrayList<String>();
    lines.add("Verified: " + reference);
    lines.add("Digest: " + verification.digest());
    for (var signature : verification.signatures()) {
      lines.add("Signed by: %s (%s)".formatted(signature.key(), signature.key().fingerprint()));
      signature.annotations().forEach((name, value) -> lines.add("  " + name + "=" + value));
    }
    return lines;
  }

  @Override
  public Map<String, ?> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("reference", reference);
    json.put("digest", verification.digest().toString());
    json.put("signatures", verification.signatures().stream().map(VerifiedResult::json).toList());
    json.put("refused", verification.refused().stream().map(RefusedSignature::toString).toList());
    return json;
  }

  private static Map<String, Object> json(VerifiedSignature signature) {
    var json = new LinkedHashMap<String, Object>();
    json.put("key", signature.key().name());
    json.put("fingerprint", signature.key().fingerprint().toString());
    json.put("format", signature.format().name().toLowerCase(Locale.ROOT));
    json.put("manifest", signature.manifest().toString());
    json.put("predicateType", signature.predicateType());
    json.put("annotations", signature.annotations());
    return json;
  }
}
