package io.github.tugoci.cli.deploy;

import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Members of Kubernetes' resources, many of which are optional. */
final class Members {
  private Members() {}

  /** The object that a path of members leads to. */
  static Optional<JsonObject> object(JsonObject resource, String... path) throws IOException {
    var found = Optional.of(resource);
    for (var member : path) {
      // Optional.flatMap can't pass an IOException on.
      found = found.isPresent() ? found.get().object(member) : found;
    }
    return found;
  }

  /** The string that a path of members leads to; empty if there is none. */
  static String text(JsonObject resource, String... path) throws IOException {
    int last = path.length - 1;
    var object = object(resource, Arrays.copyOf(path, last));
    return object.isPresent() ? object.get().string(path[last]).orElse("") : "";
  }

  /** The condition of a type that is true. */
  static Optional<JsonObject> condition(JsonObject resource, String type) throws IOException {
    var status = object(resource, "status");
    if (status.isPresent()) {
      for (var found : status.get().objects("conditions")) {
        if (text(found, "type").equals(type) && text(found, "status").equals("True")) {
          return Optional.of(found);
        }
      }
    }
    return Optional.empty();
  }

  static boolean has(JsonObject resource, String condition) throws IOException {
    return condition(resource, condition).isPresent();
  }
}
