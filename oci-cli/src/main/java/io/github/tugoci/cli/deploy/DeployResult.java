package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was deployed, or would be.
 *
 * @param plan what it is
 * @param deployment how
 * @param applied whether it was applied
 */
record DeployResult(Plan plan, Deployment deployment, boolean applied) implements Result {
  @Override
  public List<String> text() {
    if (!applied) {
      return deployment.text();
    }
    var lines = new ArrayList<String>();
    var policy = plan.policy();
    plan.images()
        .forEach(
            (key, image) ->
                lines.add("Image " + key + ": " + image.reference().withDigest(image.digest())));
    lines.add(
        "Deployed: %s:%s as %s in namespace %s"
            .formatted(
                policy.chart(), plan.request().version(), policy.release(), policy.namespace()));
    lines.add("Digest: " + plan.digest());
    return lines;
  }

  @Override
  public Map<String, ?> json() {
    var policy = plan.policy();
    var images = new LinkedHashMap<String, Object>();
    plan.images().forEach((key, image) -> images.put(key, image.json()));
    var json = new LinkedHashMap<String, Object>();
    json.put("release", policy.release());
    json.put("namespace", policy.namespace());
    json.put("chart", "oci://" + policy.chart());
    json.put("version", plan.request().version());
    json.put("digest", plan.digest().toString());
    json.put("images", images);
    json.put("method", policy.method().word());
    json.put("applied", applied);
    if (!applied) {
      json.putAll(deployment.json());
    }
    return json;
  }
}
