package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.copy.CopyResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a copy.
 *
 * @param verb what was done: {@code Pushed}
 * @param reference what it was done to
 * @param tags its tags at the target
 * @param result what moved
 */
public record Copied(String verb, String reference, List<String> tags, CopyResult result)
    implements Result {
  @Override
  public List<String> text() {
    return List.of(verb + ": " + reference, "Digest: " + result.root().digest());
  }

  @Override
  public Map<String, ?> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("reference", reference);
    json.put("digest", result.root().digest().toString());
    json.put("mediaType", result.root().mediaType().value());
    json.put("size", result.root().size());
    json.put("tags", tags);
    json.put("transferred", transferred(result));
    return json;
  }

  /** A line on what moved, for who wants to know more. */
  public String summary() {
    return "%d blobs (%d bytes) sent, %d there already, %d mounted"
        .formatted(result.blobs(), result.bytes(), result.skipped(), result.mounted());
  }

  /** What moved, as JSON. */
  public static Map<String, Object> transferred(CopyResult result) {
    var json = new LinkedHashMap<String, Object>();
    json.put("blobs", result.blobs());
    json.put("bytes", result.bytes());
    json.put("skipped", result.skipped());
    json.put("mounted", result.mounted());
    return json;
  }
}
