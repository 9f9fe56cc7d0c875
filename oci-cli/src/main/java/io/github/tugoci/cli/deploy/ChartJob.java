package io.github.tugoci.cli.deploy;

import io.github.tugoci.json.JsonObject;
import java.io.IOException;

/**
 * The job in which helm-controller installs a HelmChart. For each change the controller deletes the
 * job and makes a new one of the same name; the uid and the hash of what it installs tell them
 * apart.
 *
 * @param uid the job's
 * @param hash of the chart, its values and the job, as the controller marks it; empty if it doesn't
 * @param complete whether its pod ended well, which says nothing about the release
 * @param failed whether the job gave up
 * @param active whether a pod of it may still run
 */
record ChartJob(String uid, String hash, boolean complete, boolean failed, boolean active) {
  static final ChartJob NONE = new ChartJob("", "", false, false, false);
  private static final String HASH = "helmcharts.helm.cattle.io/configHash";

  static String name(String chart) {
    return "helm-install-" + chart;
  }

  static ChartJob find(Cluster cluster, Policy policy) throws IOException {
    var job = cluster.get("jobs.batch", name(policy.release()), policy.chartNamespace());
    return job.isPresent() ? of(job.get()) : NONE;
  }

  private static ChartJob of(JsonObject job) throws IOException {
    boolean complete = Cluster.condition(job, "Complete", "True").isPresent();
    boolean failed = Cluster.condition(job, "Failed", "True").isPresent();
    return new ChartJob(
        job.textAt("metadata", "uid"), hash(job), complete, failed, !complete && !failed);
  }

  private static String hash(JsonObject job) throws IOException {
    var metadata = job.objectAt("spec", "template", "metadata");
    return metadata.isPresent()
        ? metadata.get().stringMap("annotations").getOrDefault(HASH, "").replace("SHA256=", "")
        : "";
  }

  /** Whether it was made for a change that came after another job. */
  boolean isAfter(ChartJob before) {
    return !uid.isEmpty()
        && !uid.equals(before.uid)
        && (hash.isEmpty() || !hash.equals(before.hash));
  }

  /** Whether a revision is what this job made; a label holds 63 characters of the hash. */
  boolean made(HelmRevision revision) {
    return hash.isEmpty()
        || revision.configHash().isEmpty()
        || hash.startsWith(revision.configHash());
  }
}
