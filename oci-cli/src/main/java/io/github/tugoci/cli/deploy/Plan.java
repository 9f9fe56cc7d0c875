package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is deployed, complete and checked.
 *
 * @param policy what allows it
 * @param request what was asked for
 * @param digest the chart's manifest
 * @param chartFile the chart's archive
 * @param images the images by their keys
 * @param signers the keys that signed the chart and the images, where signatures are asked for
 * @param values the chart's values, in YAML
 * @param timeout how long it may take
 * @param atomic whether a failed upgrade is rolled back
 * @param time when it was asked for
 */
record Plan(
    Policy policy,
    DeployRequest request,
    Digest digest,
    Path chartFile,
    Map<String, Image> images,
    Map<String, List<String>> signers,
    String values,
    Duration timeout,
    boolean atomic,
    Instant time) {

  /** The chart's name and version as helm has them: {@code shop-1.2.0}. */
  String chartName() {
    return request.chart().repository().lastComponent() + "-" + request.version();
  }

  /** What is told of a deployment that was stopped after it had begun to change the cluster. */
  String interrupted() {
    return policy.method() == Policy.Method.HELM
        ? "interrupted; helm was stopped, and may have left release %s incomplete"
            .formatted(policy.release())
        : "interrupted; the cluster goes on with what was applied";
  }

  /** How a person finds out what became of it. */
  String look() {
    return policy.method() == Policy.Method.HELM
        ? "look with \"helm history %s --namespace %s\""
            .formatted(policy.release(), policy.namespace())
        : "look with \"kubectl get helmchart/%1$s job/helm-install-%1$s --namespace %2$s\" and"
                .formatted(policy.release(), policy.chartNamespace())
            + " \"kubectl get secret --namespace %s --selector owner=helm,name=%s --show-labels\""
                .formatted(policy.namespace(), policy.release());
  }

  /**
   * An image that is there.
   *
   * @param reference as it was asked for
   * @param digest what that is now
   */
  record Image(Reference reference, Digest digest) implements JsonRecord {}
}
