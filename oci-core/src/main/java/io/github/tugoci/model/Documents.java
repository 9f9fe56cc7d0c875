package io.github.tugoci.model;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members that image manifests and image indexes have in common. */
final class Documents {
  private Documents() {}

  static JsonObject parse(Bytes bytes) throws InvalidContentException {
    if (bytes.size() > Manifest.MAX_SIZE) {
      throw new InvalidContentException(
          "the manifest has %d bytes, over the limit of %d"
              .formatted(bytes.size(), Manifest.MAX_SIZE));
    }
    return Json.parseObject(bytes.toArray(), "manifest " + bytes.digest());
  }

  /** A media type; null if it is absent or empty, which Go's marshaller makes of absent. */
  static @Nullable MediaType mediaType(JsonObject json, String name)
      throws InvalidContentException {
    var text = json.string(name).orElse("");
    try {
      return text.isEmpty() ? null : MediaType.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidContentException(json.path() + ": " + name + " is " + e.getMessage(), e);
    }
  }

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
