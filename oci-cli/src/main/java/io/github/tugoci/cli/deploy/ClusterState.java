package io.github.tugoci.cli.deploy;

import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.util.Optional;

/**
 * What there is before a HelmChart is applied.
 *
 * @param job the job of the attempt before
 * @param newest the number of the release's newest revision
 * @param failed whether the HelmChart is marked as failed
 */
record ClusterState(ChartJob job, long newest, boolean failed) {
  /** The policy's HelmChart. */
  static Optional<JsonObject> chart(Cluster cluster, Policy policy) throws IOException {
    return cluster.get("helmcharts.helm.cattle.io", policy.release(), policy.chartNamespace());
  }
}
