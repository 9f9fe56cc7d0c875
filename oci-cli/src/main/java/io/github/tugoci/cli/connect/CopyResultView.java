package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.Output;
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
public record CopyResultView(String verb, String reference, List<String> tags, CopyResult result)
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
    var original = result.filteredFrom();
    if (original != null) {
      json.put("filteredFrom", original.toString());
    }
    json.put("transferred", transferred(result));
    return json;
  }

  /** Prints it, with what a person should know besides. */
  public void tell(Output output) {
    tellFiltered(output);
    output.note(summary());
    output.print(this);
  }

  /** Warns where an index isn't the one that it was made of. */
  public void tellFiltered(Output output) {
    var original = result.filteredFrom();
    if (original != null) {
      output.warn(
          "%s is a new index of the chosen platforms; what signs %s doesn't sign it"
              .formatted(reference, original));
    }
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
