package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.FailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The roll-outs of a release's workloads.
 *
 * @param cluster where they are
 * @param release whose
 * @param namespace the release's
 */
record Rollouts(Cluster cluster, String release, String namespace) {
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
              : cluster.awaitRollout(workload.toString(), namespace);
      if (failed.isPresent()) {
        throw notReady(workload, failed.get());
      }
    }
  }

  /** Why workloads aren't ready, for all that say something. */
  List<String> reasons() throws IOException {
    var reasons = new ArrayList<String>();
    for (var workload : workloads()) {
      new PodReasons(cluster, namespace)
          .of(workload)
          .forEach(reason -> reasons.add(workload + ": " + reason));
    }
    return reasons;
  }

  private List<Workload> workloads() throws IOException {
    var workloads = new ArrayList<Workload>();
    for (var item : cluster.list("deployments,statefulsets,daemonsets", namespace, null)) {
      Workload.of(item, release).ifPresent(workloads::add);
    }
    return workloads;
  }

  private FailedException notReady(Workload workload, String said) throws IOException {
    var context = new ArrayList<String>();
    context.add(said);
    context.addAll(new PodReasons(cluster, namespace).of(workload));
    return new FailedException(
        ExitCode.NETWORK,
        "%s in namespace %s wasn't ready within %s"
            .formatted(workload, namespace, GoDuration.format(cluster.limit())),
        context,
        "kubectl describe %s --namespace %s shows more; the release is deployed, its pods aren't ready"
            .formatted(workload, namespace));
  }
}
