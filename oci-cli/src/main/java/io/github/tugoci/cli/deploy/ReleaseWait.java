package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.FailedException;
import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What becomes of a HelmChart that was applied. Complete is no job's word to trust: the job also
 * ends well if it found another revision than it expected, or under the failure policy "retry".
 * What counts is the release: its newest revision is a new one, deployed, of our chart, made by the
 * job that is there, while the HelmChart is still ours and not marked as failed.
 */
final class ReleaseWait {
  private static final Duration SHORTEST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private static final Pattern RECORDED = Pattern.compile("^[A-Z][a-z]+ \"[^\"]*\" failed: ");

  /** A wait of helm's that took too long, such as for a hook. */
  private static final Pattern LATE =
      Pattern.compile("timed out waiting|context deadline exceeded");

  /**
   * What there was before the HelmChart was applied.
   *
   * @param job the job of the attempt before
   * @param newest the number of the release's newest revision
   * @param failed whether the HelmChart was marked as failed
   */
  record Before(ChartJob job, long newest, boolean failed) {}

  private final Cluster cluster;
  private final Plan plan;
  private final Policy policy;
  private final String values;
  private final ReleaseSecrets secrets;
  private final JobLog log;
  private final Before before;
  private ChartJob job = ChartJob.NONE;

  /** What was missing when it was looked at last. */
  private String missing = "";

  /**
   * Begins to wait.
   *
   * @param values the HelmChart's valuesContent, which is of this attempt alone
   * @param before what there was before it was applied
   */
  ReleaseWait(
      Cluster cluster,
      Plan plan,
      String values,
      ReleaseSecrets secrets,
      JobLog log,
      Before before) {
    this.cluster = cluster;
    this.plan = plan;
    this.policy = plan.policy();
    this.values = values;
    this.secrets = secrets;
    this.log = log;
    this.before = before;
  }

  /**
   * Waits until the release is deployed.
   *
   * @throws FailedException if it failed, or isn't deployed in time, with what the job said
   */
  void await() throws IOException {
    var pause = SHORTEST;
    while (!isDeployed()) {
      if (cluster.isOver()) {
        throw late();
      }
      cluster.pause(pause);
      pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
    }
    log.finish(true);
  }

  /**
   * Looks once.
   *
   * @throws FailedException if it will never be
   */
  boolean isDeployed() throws IOException {
    var chart = HelmChartManifest.find(cluster, policy);
    checkOurs(chart);
    var found = ChartJob.find(cluster, policy);
    if (!found.isAfter(before.job())) {
      checkAccepted(chart);
      return false;
    }
    job = found;
    if (job.active()) {
      missing = "job %s hasn't ended".formatted(ChartJob.name(policy.release()));
      log.follow();
      var failed = HelmRevision.newest(secrets.failed());
      if (failed.number() > before.newest()) {
        throw failed(secrets.revisions());
      }
      return false;
    }
    var revisions = secrets.revisions();
    var newest = HelmRevision.newest(revisions);
    if (job.failed() || (newest.number() > before.newest() && newest.isFailed())) {
      throw failed(revisions);
    }
    missing = missing(chart, newest);
    return missing.isEmpty();
  }

  /** What a job that has ended well still lacks for a deployment. */
  private String missing(Optional<JsonObject> chart, HelmRevision newest) throws IOException {
    if (newest.number() <= before.newest() || !newest.isDeployed()) {
      return "the release is still at " + newest;
    }
    if (!newest.chart().equals(plan.chartName())) {
      return "the release is at %s, not of %s".formatted(newest, plan.chartName());
    }
    if (!job.made(newest)) {
      return "the release is at %s, which another job made".formatted(newest);
    }
    if (chart.isPresent() && Cluster.condition(chart.get(), "Failed", "True").isPresent()) {
      return "the release is at %s, but the HelmChart is marked as failed".formatted(newest);
    }
    return ChartJob.find(cluster, policy).equals(job) ? "" : "the job was replaced by another one";
  }

  private void checkOurs(Optional<JsonObject> chart) throws IOException {
    if (chart.isEmpty() || !chart.get().textAt("spec", "valuesContent").equals(values)) {
      throw new FailedException(
          ExitCode.FAILED,
          "HelmChart %s was %s by another client while this deployment waited for it"
              .formatted(name(), chart.isEmpty() ? "deleted" : "changed"),
          log.lines(),
          plan.look());
    }
  }

  /** A HelmChart of which the controller can't make a job. */
  private void checkAccepted(Optional<JsonObject> chart) throws IOException {
    var failed =
        chart.isPresent()
            ? Cluster.condition(chart.get(), "Failed", "True")
            : Optional.<JsonObject>empty();
    // "Job failed" is about the job before, which may come to its end only now.
    if (failed.isPresent()
        && !before.failed()
        && !failed.get().textAt("reason").equals("Job failed")) {
      throw new FailedException(
          ExitCode.FAILED,
          "helm-controller failed on HelmChart " + name(),
          List.of(failed.get().textAt("reason") + ": " + failed.get().textAt("message")),
          plan.look());
    }
  }

  private FailedException failed(List<HelmRevision> revisions) throws IOException {
    log.finish(!job.active());
    var newest = HelmRevision.newest(revisions);
    var context = new ArrayList<String>();
    boolean recorded = newest.number() > before.newest() && !newest.isDeployed();
    var reasons = reasons();
    // Helm's record has the words of its log after a beginning of its own.
    var core = RECORDED.matcher(newest.reason()).replaceFirst("");
    if (recorded && reasons.stream().noneMatch(line -> line.contains(core))) {
      context.add(newest.reason());
    }
    context.addAll(reasons);
    var state = new FailedRelease(policy, revisions);
    boolean late = LATE.matcher(String.join("\n", context)).find();
    return new FailedException(
        late ? ExitCode.NETWORK : ExitCode.FAILED,
        recorded
            ? "release %s in namespace %s failed at revision %d"
                .formatted(policy.release(), policy.namespace(), newest.number())
            : "job %s, which installs the chart, failed".formatted(ChartJob.name(policy.release())),
        context,
        state.blocksJob() ? state.hint() : "fix what the log says and deploy again");
  }

  private FailedException late() throws IOException {
    log.finish(false);
    var context = new ArrayList<String>();
    var message =
        job.equals(ChartJob.NONE)
            ? "helm-controller started no job for HelmChart %s within %s"
            : "release of HelmChart %s wasn't deployed within %s";
    if (!missing.isEmpty()) {
      context.add(missing);
    }
    context.addAll(reasons());
    return new FailedException(
        ExitCode.NETWORK,
        message.formatted(name(), GoDuration.format(cluster.limit())),
        context,
        job.equals(ChartJob.NONE)
            ? "check that helm-controller runs (on the server: systemctl status k3s); it deploys"
                + " what was applied when it runs again"
            : "the cluster goes on with it; " + plan.look());
  }

  /** What the job said; where its log can't be had, what its pods' statuses say. */
  private List<String> reasons() throws IOException {
    return log.lines().isEmpty()
        ? new PodReasons(cluster, policy.chartNamespace())
            .ofPods("job-name=" + ChartJob.name(policy.release()))
        : log.lines();
  }

  private String name() {
    return policy.chartNamespace() + "/" + policy.release();
  }
}
