package io.github.tugoci.cli.deploy;

import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.util.Optional;

/** The conditions in a Kubernetes resource's status. */
final class Conditions {
  private Conditions() {}

  /** The condition of a type that is true. */
  static Optional<JsonObject> find(JsonObject resource, String type) throws IOException {
    var status = resource.object("status");
    if (status.isPresent()) {
      for (var found : status.get().objects("conditions")) {
        if (found.textAt("type").equals(type) && found.textAt("status").equals("True")) {
          return Optional.of(found);
        }
      }
    }
    return Optional.empty();
  }

  static boolean has(JsonObject resource, String condition) throws IOException {
    return find(resource, condition).isPresent();
  }
}
