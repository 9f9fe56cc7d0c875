package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.FailedException;
import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The roll-outs of a release's workloads.
 *
 * @param cluster where they are
 * @param policy names the release
 */
record Rollouts(Cluster cluster, Policy policy) {
  /**
   * Waits until all are complete.
   *
   * @throws FailedException for the first that isn't in time, with what its pods and events say
   */
  void await() throws IOException {
    for (var workload : workloads()) {
      var failed =
          cluster.isOver()
              ? Optional.of("no time was left for it")
              : cluster.awaitRollout(workload.toString(), policy.namespace());
      if (failed.isPresent()) {
        throw notReady(workload, failed.get());
      }
    }
  }

  /** Why workloads aren't ready, for all that say something. */
  List<String> reasons() throws IOException {
    var reasons = new ArrayList<String>();
    for (var workload : workloads()) {
      new PodReasons(cluster, policy.namespace())
          .of(workload)
          .forEach(reason -> reasons.add(workload + ": " + reason));
    }
    return reasons;
  }

  private List<Workload> workloads() throws IOException {
    var workloads = new ArrayList<Workload>();
    for (var item : cluster.list("deployments,statefulsets,daemonsets", policy.namespace(), null)) {
      Workload.of(item, policy.release()).ifPresent(workloads::add);
    }
    return workloads;
  }

  private FailedException notReady(Workload workload, String said) throws IOException {
    var context = new ArrayList<String>();
    context.add(said);
    context.addAll(new PodReasons(cluster, policy.namespace()).of(workload));
    return new FailedException(
        ExitCode.NETWORK,
        "%s in namespace %s wasn't ready within %s"
            .formatted(workload, policy.namespace(), GoDuration.format(cluster.limit())),
        context,
        "kubectl describe %s --namespace %s shows more; the release is deployed, its pods aren't ready"
            .formatted(workload, policy.namespace()));
  }

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
}
