package io.github.tugoci.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.FailedException;
import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * By K3s' helm-controller: one HelmChart that holds the chart itself and its values. The controller
 * names the release after it.
 *
 * @param plan what is deployed
 * @param context what it is done with
 * @param manifest the HelmChart
 */
record K3sDeployment(Plan plan, DeployContext context, HelmChartManifest manifest)
    implements Deployment {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** The back-off of a job that is tried again twice is 10 s and 20 s. */
  private static final Duration REST = Duration.ofSeconds(60);

  private static final Duration MARK = Duration.ofSeconds(5);

  /**
   * Makes the resource.
   *
   * @throws FailedException if the chart is too large for it
   */
  static K3sDeployment of(Plan plan, DeployContext context) throws IOException {
    var manifest = HelmChartManifest.of(plan);
    ReleaseSize.check(plan.chartFile(), plan.values());
    return new K3sDeployment(plan, context, manifest);
  }

  @Override
  public Ready check() throws IOException {
    var cluster = new Cluster(context.kubectl(plan.policy()), plan.timeout());
    var release = new Release(cluster);
    var before = release.check();
    return () -> release.apply(before);
  }

  @Override
  public List<String> text() {
    return new String(manifest.yaml(), UTF_8).lines().toList();
  }

  @Override
  public Map<String, ?> json() {
    return Map.of("manifest", manifest.document());
  }

  /** A release in a cluster with helm-controller: checked, then changed by its HelmChart. */
  private final class Release {
    private final Policy policy = plan.policy();
    private final Cluster cluster;
    private final ReleaseSecrets secrets;

    Release(Cluster cluster) {
      this.cluster = cluster;
      this.secrets = new ReleaseSecrets(cluster, policy);
    }

    ReleaseWait.Before check() throws IOException {
      ClusterRights.of(policy, context.clearFailed()).check(cluster, context.session()::warn);
      var chart = HelmChartManifest.find(cluster, policy);
      if (chart.isPresent()) {
        checkTarget(chart.get());
      }
      awaitPending();
      var state = new FailedRelease(policy, secrets.revisions());
      if (state.blocksJob()) {
        state.check(context.clearFailed());
        awaitRest();
        new FailedRelease(policy, secrets.revisions()).clear(secrets, context::progress);
      } else {
        awaitMark();
      }
      return new ReleaseWait.Before(
          job(), HelmRevision.newest(secrets.revisions()).number(), isMarked());
    }

    /**
     * One name can't stand for two releases: the second would take the first one's HelmChart over.
     */
    private void checkTarget(JsonObject chart) throws IOException {
      var named = chart.textAt("spec", "targetNamespace");
      var target = named.isEmpty() ? policy.chartNamespace() : named;
      if (!target.equals(policy.namespace())) {
        throw new FailedException(
            ExitCode.EXISTS,
            "HelmChart %s/%s deploys into namespace %s, not %s"
                .formatted(policy.chartNamespace(), policy.release(), target, policy.namespace()),
            List.of("its release would be orphaned; nothing was applied"),
            "give this policy another release name, such as release: %s-%s"
                .formatted(policy.release(), policy.namespace()));
      }
    }

    /** Lets the job of a deployment that was interrupted come to its end. */
    private void awaitPending() throws IOException {
      boolean told = false;
      while (job().active() && HelmRevision.newest(secrets.revisions()).isPending()) {
        if (cluster.isOver()) {
          throw new FailedException(
              ExitCode.NETWORK,
              "the job of an earlier deployment, %s, still ran after %s"
                  .formatted(ChartJob.name(policy.release()), GoDuration.format(cluster.limit())),
              List.of("nothing was applied"),
              plan.look());
        }
        if (!told) {
          context.progress("waiting for the job of an earlier deployment");
          told = true;
        }
        cluster.pause(PAUSE);
      }
    }

    /**
     * Gives the job of a failed revision some time to give up. Otherwise it could take the revision
     * that comes into sight now for its own turn, and upgrade to the chart that failed.
     */
    private void awaitRest() throws IOException {
      var most = cluster.within(REST.compareTo(cluster.limit()) < 0 ? REST : cluster.limit());
      boolean told = false;
      while (job().active() && !most.isOver()) {
        if (!told) {
          context.progress("waiting for the job of the failed revision to give up");
          told = true;
        }
        cluster.pause(PAUSE);
      }
      awaitMark();
    }

    /**
     * Gives the controller a moment to mark the HelmChart of a job that failed: if it is changed at
     * that moment, the mark is never taken away.
     */
    private void awaitMark() throws IOException {
      var most = cluster.within(MARK);
      while (job().failed() && !isMarked() && !most.isOver()) {
        cluster.pause(PAUSE);
      }
    }

    private ChartJob job() throws IOException {
      return ChartJob.find(cluster, policy);
    }

    private boolean isMarked() throws IOException {
      var chart = HelmChartManifest.find(cluster, policy);
      return chart.isPresent() && Cluster.condition(chart.get(), "Failed", "True").isPresent();
    }

    /**
     * Applies the HelmChart, and waits until the release is deployed and its workloads are ready.
     */
    void apply(ReleaseWait.Before before) throws IOException {
      // What was waited for before is not this deployment's.
      cluster.begin();
      cluster.apply(manifest.yaml());
      var job = ChartJob.name(policy.release());
      context.progress(
          "applied HelmChart %s/%s; waiting for job %s"
              .formatted(policy.chartNamespace(), policy.release(), job));
      var file = context.file("log", new byte[0]);
      try (var log = new JobLog(cluster, job, policy.chartNamespace(), file, context::progress)) {
        var wait = new ReleaseWait(cluster, plan, manifest.values(), secrets, log, before);
        wait.await();
        context.progress(
            "release %s is deployed; waiting for its roll-outs".formatted(policy.release()));
        new Rollouts(cluster, policy).await();
        // What was true before the roll-outs has to be true after them.
        wait.await();
      }
    }
  }
}
