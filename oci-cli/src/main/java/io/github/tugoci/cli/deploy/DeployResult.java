package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.cli.shell.JsonRecord.Inline;
import io.github.tugoci.reference.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was deployed, or would be.
 *
 * @param plan what it is
 * @param deployment how
 * @param applied whether it was applied
 */
record DeployResult(Plan plan, Deployment deployment, boolean applied) {
  List<String> text() {
    if (!applied) {
      return deployment.text();
    }
    var lines = new ArrayList<String>();
    var policy = plan.policy();
    plan.images()
        .forEach(
            (key, image) ->
                lines.add("Image " + key + ": " + image.reference().withDigest(image.digest())));
    plan.signers()
        .forEach((key, signers) -> lines.add("Signed " + key + ": " + String.join(", ", signers)));
    lines.add(
        "Deployed: %s:%s as %s in namespace %s"
            .formatted(
                policy.chart(), plan.request().version(), policy.release(), policy.namespace()));
    lines.add("Digest: " + plan.digest());
    return lines;
  }

  JsonRecord json() {
    var policy = plan.policy();
    return new Members(
        policy.release(),
        policy.namespace(),
        "oci://" + policy.chart(),
        plan.request().version(),
        plan.digest(),
        plan.images(),
        plan.signers().isEmpty() ? null : plan.signers(),
        PolicyFields.word(policy.method()),
        applied,
        applied ? null : deployment.json());
  }

  private record Members(
      String release,
      String namespace,
      String chart,
      String version,
      Digest digest,
      Map<String, Plan.Image> images,
      @Nullable Map<String, List<String>> signedBy,
      String method,
      boolean applied,
      @Inline @Nullable Map<String, ?> deployment)
      implements JsonRecord {}
}
