package io.github.tugoci.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.FailedException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A cluster as kubectl shows it, until a time limit for all that is done with it. */
final class Cluster {
  private static final byte[] NOTHING = {};
  private static final Duration LOGS = Duration.ofSeconds(10);

  private final Tool kubectl;
  private final Duration limit;
  private final long deadline;

  Cluster(Tool kubectl, Duration limit) {
    this.kubectl = kubectl;
    this.limit = limit;
    this.deadline = System.nanoTime() + limit.toNanos();
  }

  void apply(byte[] manifest) throws IOException {
    kubectl.run(left(), manifest, List.of("apply", "--server-side", "-f", "-"));
  }

  /** A resource; empty if it isn't there. */
  Optional<JsonObject> get(String kind, String name, String namespace) throws IOException {
    var said = run("get", kind, name, "--namespace", namespace, "--ignore-not-found", "-o", "json");
    return said.isBlank() ? Optional.empty() : Optional.of(parse(said, kind + " " + name));
  }

  /** The release's workloads that roll out, as {@code KIND/NAME}. */
  List<String> workloads(String release, String namespace) throws IOException {
    var said =
        run("get", "deployments,statefulsets,daemonsets", "--namespace", namespace, "-o", "json");
    var workloads = new ArrayList<String>();
    if (said.isBlank()) {
      return workloads;
    }
    for (var item : parse(said, "the workloads").objects("items")) {
      var metadata =
          item.object("metadata").orElseThrow(() -> new InvalidContentException("no metadata"));
      if (isOf(release, metadata) && rolls(item)) {
        workloads.add(
            item.requiredString("kind").toLowerCase(Locale.ROOT)
                + "/"
                + metadata.requiredString("name"));
      }
    }
    return workloads;
  }

  private static boolean isOf(String release, JsonObject metadata) throws IOException {
    // Helm writes the annotation, charts by custom the label.
    return release.equals(metadata.stringMap("annotations").get("meta.helm.sh/release-name"))
        || release.equals(metadata.stringMap("labels").get("app.kubernetes.io/instance"));
  }

  /** What is replaced by hand has no rollout. */
  private static boolean rolls(JsonObject workload) throws IOException {
    var spec = workload.object("spec");
    var strategy =
        spec.isPresent() ? spec.get().object("updateStrategy") : Optional.<JsonObject>empty();
    return strategy.isEmpty() || !strategy.get().string("type").orElse("").equals("OnDelete");
  }

  void awaitRollout(String workload, String namespace) throws IOException {
    var time = Math.max(1, left().toSeconds()) + "s";
    run("rollout", "status", workload, "--namespace", namespace, "--timeout=" + time);
  }

  /** The last that a job said; empty if that can't be found out, which must hide no failure. */
  List<String> logs(String job, String namespace) throws IOException {
    try {
      return Tool.lastLines(
          kubectl.run(
              LOGS, NOTHING, List.of("logs", "job/" + job, "--namespace", namespace, "--tail=20")));
    } catch (FailedException e) {
      return List.of();
    }
  }

  /** Lets some time go by. */
  void pause(Duration time) throws IOException {
    try {
      Thread.sleep(Math.min(time.toMillis(), left().toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the cluster");
    }
  }

  private String run(String... arguments) throws IOException {
    return kubectl.run(left(), NOTHING, List.of(arguments));
  }

  /** What is left of the time. */
  private Duration left() throws FailedException {
    var left = Duration.ofNanos(deadline - System.nanoTime());
    if (left.toMillis() <= 0) {
      throw new FailedException(
          ExitCode.NETWORK,
          "the cluster wasn't ready within %d s".formatted(limit.toSeconds()),
          List.of(),
          "look at it with kubectl; what was applied stays");
    }
    return left;
  }

  private static JsonObject parse(String text, String what) throws IOException {
    return Json.parseObject(text.getBytes(UTF_8), "kubectl's answer on " + what);
  }
}
