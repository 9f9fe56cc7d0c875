package io.github.tugoci.cli.deploy;

import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A Deployment, StatefulSet or DaemonSet of a release.
 *
 * @param kind in small letters
 * @param name its name
 * @param selector which pods are its own, as kubectl takes it
 */
record Workload(String kind, String name, String selector) {
  /** The workload that a resource is, if it is the release's and rolls out by itself. */
  static Optional<Workload> of(JsonObject item, String release) throws IOException {
    var metadata = item.object("metadata");
    if (metadata.isEmpty() || !isOf(release, metadata.get()) || !rolls(item)) {
      return Optional.empty();
    }
    return Optional.of(
        new Workload(
            item.requiredString("kind").toLowerCase(Locale.ROOT),
            metadata.get().requiredString("name"),
            selector(item)));
  }

  private static boolean isOf(String release, JsonObject metadata) throws IOException {
    // Helm writes the annotation, charts by custom the label.
    return release.equals(metadata.stringMap("annotations").get("meta.helm.sh/release-name"))
        || release.equals(metadata.stringMap("labels").get("app.kubernetes.io/instance"));
  }

  /** What is replaced by hand has no rollout. */
  private static boolean rolls(JsonObject workload) throws IOException {
    return !workload.textAt("spec", "updateStrategy", "type").equals("OnDelete");
  }

  private static String selector(JsonObject workload) throws IOException {
    var selector = workload.objectAt("spec", "selector");
    return selector.isEmpty()
        ? ""
        : new TreeMap<>(selector.get().stringMap("matchLabels"))
            .entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
  }

  @Override
  public String toString() {
    return kind + "/" + name;
  }
}
