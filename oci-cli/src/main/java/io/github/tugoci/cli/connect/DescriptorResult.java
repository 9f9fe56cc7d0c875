package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.model.Descriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A reference and what it stands for; as text, the digest.
 *
 * @param reference what was asked for
 * @param descriptor what it is
 */
public record DescriptorResult(String reference, Descriptor descriptor) implements Result {
  @Override
  public List<String> text() {
    return List.of(descriptor.digest().toString());
  }

  @Override
  public Map<String, ?> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("reference", reference);
    json.put("digest", descriptor.digest().toString());
    json.put("mediaType", descriptor.mediaType().value());
    json.put("size", descriptor.size());
    return json;
  }
}
