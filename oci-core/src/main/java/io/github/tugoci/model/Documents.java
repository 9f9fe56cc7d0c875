package io.github.tugoci.model;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What image manifests and image indexes have in common on paper. */
final class Documents {
  private Documents() {}

  static @Nullable Descriptor subject(JsonObject json) throws InvalidContentException {
    var subject = json.object("subject");
    return subject.isPresent() ? Descriptor.from(subject.get()) : null;
  }

  static void putSubjectAndAnnotations(
      Map<String, Object> json, @Nullable Descriptor subject, Map<String, String> annotations) {
    if (subject != null) {
      json.put("subject", subject.toJson());
    }
    if (!annotations.isEmpty()) {
      json.put("annotations", annotations);
    }
  }
}
