package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.FailedException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Why pods aren't ready, as their statuses and events say it. What can't be found out hides no
 * failure: it is left out.
 */
record PodReasons(Cluster cluster, String namespace) {
  private static final Duration TIME = Duration.ofSeconds(20);
  private static final int MAX_LINES = 8;

  /** A container that waits for one of these waits for nothing special. */
  private static final Set<String> USUAL = Set.of("ContainerCreating", "PodInitializing");

  /** Asks for a short time only. */
  PodReasons {
    cluster = cluster.within(TIME);
  }

  /** What the pods of a workload and the events around it say. */
  List<String> of(Rollouts.Workload workload) throws IOException {
    var lines = new LinkedHashSet<>(ofPods(workload.selector()));
    lines.addAll(events(workload.name()));
    return lines.stream().limit(MAX_LINES).toList();
  }

  /** What the pods with some labels say. */
  List<String> ofPods(String selector) throws IOException {
    var lines = new LinkedHashSet<String>();
    if (!selector.isEmpty()) {
      try {
        for (var pod : cluster.list("pods", namespace, selector)) {
          lines.addAll(ofPod(pod));
        }
      } catch (FailedException | OciException e) {
        // no right to see them
      }
    }
    return lines.stream().limit(MAX_LINES).toList();
  }

  private static List<String> ofPod(JsonObject pod) throws IOException {
    var lines = new ArrayList<String>();
    var name = pod.textAt("metadata", "name");
    var status = pod.object("status");
    if (status.isEmpty()) {
      return lines;
    }
    var unscheduled = Cluster.condition(pod, "PodScheduled", "False");
    if (unscheduled.isPresent()) {
      lines.add("pod %s: %s".formatted(name, reason(unscheduled.get())));
    }
    for (var kind : List.of("initContainerStatuses", "containerStatuses")) {
      for (var container : status.get().objects(kind)) {
        var where = "pod %s, container %s: ".formatted(name, container.textAt("name"));
        ofContainer(container).forEach(line -> lines.add(where + line));
      }
    }
    return lines;
  }

  private static List<String> ofContainer(JsonObject container) throws IOException {
    var lines = new ArrayList<String>();
    var waiting = container.objectAt("state", "waiting");
    if (waiting.isPresent() && !USUAL.contains(waiting.get().textAt("reason"))) {
      lines.add(reason(waiting.get()));
    }
    for (var when : List.of("state", "lastState")) {
      var ended = container.objectAt(when, "terminated");
      if (ended.isPresent() && ended.get().integer("exitCode").orElse(0L) != 0) {
        lines.add(
            "exit code %d, %s"
                .formatted(ended.get().integer("exitCode").orElse(0L), reason(ended.get())));
      }
    }
    if (lines.isEmpty()
        && container.objectAt("state", "running").isPresent()
        && !container.bool("ready").orElse(true)) {
      lines.add("running, not ready");
    }
    return lines;
  }

  private static String reason(JsonObject what) throws IOException {
    var message = what.textAt("message").strip().replace('\n', ' ');
    return what.textAt("reason") + (message.isEmpty() ? "" : ": " + message);
  }

  /** The warnings about what is named like it or begins so, as its pods are. */
  private List<String> events(String name) throws IOException {
    var lines = new LinkedHashSet<String>();
    try {
      for (var event : cluster.list("events", namespace, null)) {
        var object = event.textAt("involvedObject", "name");
        if (event.textAt("type").equals("Warning")
            && (object.equals(name) || object.startsWith(name + "-"))) {
          lines.add("event: " + reason(event));
        }
      }
    } catch (FailedException | OciException e) {
      // no right to see them
    }
    return List.copyOf(lines);
  }
}
