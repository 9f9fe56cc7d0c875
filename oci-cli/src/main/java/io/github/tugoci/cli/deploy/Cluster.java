package io.github.tugoci.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cluster as kubectl shows it, until a time limit for all that is done with it. */
final class Cluster {
  /** The field manager owns our fields of a resource. */
  private static final List<String> APPLY =
      List.of("apply", "--server-side", "--force-conflicts", "--field-manager=tug", "-f", "-");

  private static final byte[] NOTHING = {};

  /** An API server that is there answers a question within this time. */
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private static final Duration SHORTEST = Duration.ofSeconds(5);

  private static final String REVIEW =
      "jsonpath={.spec.resourceAttributes.verb} {.spec.resourceAttributes.resource}"
          + " {.status.allowed}{\"\\n\"}";

  private final Tool kubectl;
  private final Duration limit;
  private long deadline;

  Cluster(Tool kubectl, Duration limit) {
    this.kubectl = kubectl;
    this.limit = limit;
    begin();
  }

  /** Lets the time begin anew. */
  void begin() {
    deadline = System.nanoTime() + limit.toNanos();
  }

  /**
   * Applies a resource on the server. Our fields become ours, whoever set them before: a controller
   * that rewrote one, or an operator by hand.
   */
  void apply(byte[] manifest) throws IOException {
    run(left(), manifest, APPLY);
  }

  /** Whether each of these access reviews is allowed: {@code true} or {@code false}, in order. */
  List<String> review(byte[] reviews) throws IOException {
    // To validate a review, kubectl would want to list all custom resource definitions.
    return run(answer(), reviews, List.of("create", "-f", "-", "--validate=false", "-o", REVIEW))
        .lines()
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .toList();
  }

  /** A resource; empty if it isn't there. */
  Optional<JsonObject> get(String kind, String name, String namespace) throws IOException {
    var said = ask("get", kind, name, "--namespace", namespace, "--ignore-not-found", "-o", "json");
    return said.isBlank() ? Optional.empty() : Optional.of(parse(said, kind + " " + name));
  }

  /** The resources of a kind, or of several with commas between them. */
  List<JsonObject> list(String kinds, String namespace, @Nullable String selector)
      throws IOException {
    var arguments = new ArrayList<>(List.of("get", kinds, "--namespace", namespace, "-o", "json"));
    if (selector != null) {
      arguments.add("--selector=" + selector);
    }
    var said = ask(arguments.toArray(String[]::new));
    return said.isBlank() ? List.of() : parse(said, "the " + kinds).objects("items");
  }

  void delete(String kind, String name, String namespace) throws IOException {
    ask("delete", kind, name, "--namespace", namespace, "--ignore-not-found");
  }

  /** Waits for a roll-out; gives what kubectl says of one that fails. */
  Optional<String> awaitRollout(String workload, String namespace) throws IOException {
    var time = left().toSeconds() + "s";
    var arguments =
        List.of("rollout", "status", workload, "--namespace", namespace, "--timeout=" + time);
    // kubectl ends by itself at the limit, and then says how far it came.
    var ended = kubectl.call(left().plus(ANSWER), NOTHING, arguments);
    if (ended.exit() == 0) {
      return Optional.empty();
    }
    var failure = ClusterErrors.of(kubectl.name(arguments), ended);
    if (ClusterErrors.isOfRollout(ended)) {
      var lines = Tool.lastLines(ended.out() + "\n" + ended.err());
      return Optional.of(lines.isEmpty() ? "" : lines.get(lines.size() - 1));
    }
    throw failure;
  }

  /** Follows the log of a job's pod; the process ends with the container. */
  Process follow(String job, String namespace, Path output) throws IOException {
    return kubectl.start(
        List.of("logs", "job/" + job, "--namespace", namespace, "--follow", "--timestamps"),
        output);
  }

  void pause(Duration time) throws IOException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the cluster");
    }
  }

  boolean isOver() {
    return System.nanoTime() - deadline >= 0;
  }

  Duration limit() {
    return limit;
  }

  /** The same cluster with more time, to find out what became of what took too long. */
  Cluster within(Duration time) {
    return new Cluster(kubectl, time);
  }

  private String ask(String... arguments) throws IOException {
    return run(answer(), NOTHING, List.of(arguments));
  }

  private String run(Duration time, byte[] input, List<String> arguments) throws IOException {
    var ended = kubectl.call(time, input, arguments);
    if (ended.exit() != 0) {
      throw ClusterErrors.of(kubectl.name(arguments), ended);
    }
    return ended.out();
  }

  private Duration answer() {
    var left = left();
    return left.compareTo(ANSWER) < 0 ? left : ANSWER;
  }

  /** What is left of the time, and at the end enough for an answer. */
  private Duration left() {
    var left = Duration.ofNanos(deadline - System.nanoTime());
    return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
  }

  /** The condition of a type in a resource's status, if it has this value: {@code True}. */
  static Optional<JsonObject> condition(JsonObject resource, String type, String value)
      throws IOException {
    var status = resource.object("status");
    if (status.isPresent()) {
      for (var found : status.get().objects("conditions")) {
        if (found.textAt("type").equals(type) && found.textAt("status").equals(value)) {
          return Optional.of(found);
        }
      }
    }
    return Optional.empty();
  }

  private static JsonObject parse(String text, String what) throws IOException {
    return Json.parseObject(text.getBytes(UTF_8), "kubectl's answer on " + what);
  }
}
