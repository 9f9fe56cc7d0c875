package io.github.tugoci.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.FailedException;
import io.github.tugoci.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the runner's user must be allowed to do in the cluster, asked of the API server by
 * SelfSubjectAccessReviews before anything is applied.
 */
final class ClusterRights {
  /**
   * One right.
   *
   * @param verb what is done
   * @param group the resource's API group, empty for the core
   * @param resource the resource, with its subresource as {@code pods/log}
   * @param name the one resource that it is about, or empty for all
   * @param namespace where
   * @param needed whether nothing works without it; else only the reason of a failure stays unknown
   */
  record Right(
      String verb, String group, String resource, String name, String namespace, boolean needed) {
    private Map<String, ?> review() {
      var parts = resource.split("/", 2);
      var attributes = new LinkedHashMap<String, Object>();
      attributes.put("namespace", namespace);
      attributes.put("verb", verb);
      attributes.put("group", group);
      attributes.put("resource", parts[0]);
      if (!name.isEmpty()) {
        attributes.put("name", name);
      }
      if (parts.length > 1) {
        attributes.put("subresource", parts[1]);
      }
      return Map.of(
          "apiVersion",
          "authorization.k8s.io/v1",
          "kind",
          "SelfSubjectAccessReview",
          "spec",
          Map.of("resourceAttributes", attributes));
    }

    @Override
    public String toString() {
      return "%s %s in namespace %s"
          .formatted(verb, group.isEmpty() ? resource : resource + "." + group, namespace);
    }
  }

  private final List<Right> rights = new ArrayList<>();

  private ClusterRights() {}

  /** What a deployment by helm-controller needs. */
  static ClusterRights of(Policy policy, boolean clearFailed) {
    var rights = new ClusterRights();
    var charts = policy.chartNamespace();
    var chart = policy.release();
    var target = policy.namespace();
    rights.add(true, "helm.cattle.io", "helmcharts", chart, charts, "get", "patch");
    rights.add(true, "helm.cattle.io", "helmcharts", "", charts, "create");
    rights.add(true, "batch", "jobs", ChartJob.name(chart), charts, "get");
    rights.add(true, "", "secrets", "", target, "list");
    if (clearFailed) {
      rights.add(true, "", "secrets", "", target, "delete");
    }
    for (var workload : List.of("deployments", "statefulsets", "daemonsets")) {
      rights.add(true, "apps", workload, "", target, "get", "list", "watch");
    }
    rights.add(false, "", "pods", "", charts, "get", "list");
    rights.add(false, "", "pods/log", "", charts, "get");
    rights.add(false, "", "pods", "", target, "list");
    rights.add(false, "", "events", "", target, "list");
    return rights;
  }

  private void add(
      boolean needed,
      String group,
      String resource,
      String name,
      String namespace,
      String... verbs) {
    for (var verb : verbs) {
      rights.add(new Right(verb, group, resource, name, namespace, needed));
    }
  }

  /**
   * Asks for all of them at once.
   *
   * @param warnings told what is missing for the reasons of failures
   * @throws FailedException if one is missing without which nothing works
   */
  void check(Cluster cluster, Consumer<String> warnings) throws IOException {
    var allowed = cluster.review(documents());
    var missing = new ArrayList<String>();
    var wanted = new ArrayList<String>();
    for (int i = 0; i < rights.size(); i++) {
      // Only a clear no counts: what a review doesn't answer, the server refuses by itself later.
      if (i < allowed.size() && allowed.get(i).equals("false")) {
        (rights.get(i).needed() ? missing : wanted).add(rights.get(i).toString());
      }
    }
    if (!missing.isEmpty()) {
      throw new FailedException(
          ExitCode.DENIED,
          "the kubeconfig's user may not " + missing.get(0),
          missing.subList(1, missing.size()).stream().map(right -> "nor " + right).toList(),
          "apply examples/pytoya/runner-role.yaml, whose Roles grant what a deployment needs;"
              + " nothing was applied");
    }
    if (!wanted.isEmpty()) {
      warnings.accept(
          "the kubeconfig's user may not %s: the reason of a failure may stay unknown"
              .formatted(String.join(", ", wanted)));
    }
  }

  private byte[] documents() {
    var text = new ByteArrayOutputStream();
    for (var right : rights) {
      text.writeBytes("---\n".getBytes(UTF_8));
      text.writeBytes(Json.write(right.review()));
      text.writeBytes("\n".getBytes(UTF_8));
    }
    return text.toByteArray();
  }
}
