package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.FailedException;
import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A release in a cluster with helm-controller: checked, then changed by its HelmChart. */
final class K3sRelease {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** The back-off of a job that is tried again twice is 10 s and 20 s. */
  private static final Duration REST = Duration.ofSeconds(60);

  private static final Duration MARK = Duration.ofSeconds(5);

  private final Plan plan;
  private final Policy policy;
  private final DeployContext context;
  private final HelmChartManifest manifest;
  private final Cluster cluster;
  private final ReleaseSecrets secrets;
  private ClusterState before = new ClusterState(ChartJob.NONE, 0, false);

  K3sRelease(Plan plan, DeployContext context, HelmChartManifest manifest, Cluster cluster) {
    this.plan = plan;
    this.policy = plan.policy();
    this.context = context;
    this.manifest = manifest;
    this.cluster = cluster;
    this.secrets = new ReleaseSecrets(cluster, policy.release(), policy.namespace());
  }

  /** See {@link Deployment#check}. */
  void check() throws IOException {
    ClusterRights.of(policy, context.clearFailed()).check(cluster, context::warn);
    var chart = ClusterState.chart(cluster, policy);
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
    before = new ClusterState(job(), HelmRevision.newest(secrets.revisions()).number(), isMarked());
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
            Commands.look(policy));
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
    return ChartJob.find(cluster, policy.release(), policy.chartNamespace());
  }

  private boolean isMarked() throws IOException {
    var chart = ClusterState.chart(cluster, policy);
    return chart.isPresent() && Conditions.has(chart.get(), "Failed");
  }

  /** Applies the HelmChart, and waits until the release is deployed and its workloads are ready. */
  void apply() throws IOException {
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
      new Rollouts(cluster, policy.release(), policy.namespace()).await();
      // What was true before the roll-outs has to be true after them.
      wait.await();
    }
  }
}
