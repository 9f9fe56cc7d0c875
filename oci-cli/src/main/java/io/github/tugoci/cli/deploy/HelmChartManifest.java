package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.FailedException;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The HelmChart that is applied.
 *
 * @param document the resource
 * @param values its valuesContent, which no other attempt has
 */
record HelmChartManifest(Map<String, ?> document, String values) {
  /** What a ConfigMap holds, which the controller makes of the chart. */
  private static final int MAX_CHART = 1_048_576;

  /**
   * Makes it.
   *
   * @throws FailedException if the chart is too large for it
   */
  static HelmChartManifest of(Plan plan) throws IOException {
    var chart = Base64.getEncoder().encodeToString(Files.readAllBytes(plan.chartFile()));
    if (chart.length() > MAX_CHART) {
      throw new FailedException(
          ExitCode.INVALID_CONTENT,
          "the chart has %d bytes in base64, over the limit of %d of a HelmChart"
              .formatted(chart.length(), MAX_CHART),
          "leave files out of it with .helmignore, or use method: helm");
    }
    // The comment makes each attempt differ: it gives each a job of its own, and tells them apart.
    var id = UUID.randomUUID().toString().substring(0, 8);
    var values = "# tug deploy, %s, %s\n%s".formatted(plan.time(), id, plan.values());
    return new HelmChartManifest(document(plan, chart, values), values);
  }

  /** The policy's HelmChart as it is in the cluster. */
  static Optional<JsonObject> find(Cluster cluster, Policy policy) throws IOException {
    return cluster.get("helmcharts.helm.cattle.io", policy.release(), policy.chartNamespace());
  }

  private static Map<String, ?> document(Plan plan, String chart, String values) {
    var policy = plan.policy();
    var spec = new LinkedHashMap<String, Object>();
    spec.put("chartContent", chart);
    spec.put("targetNamespace", policy.namespace());
    spec.put("createNamespace", policy.createNamespace());
    spec.put("valuesContent", values);
    spec.put("timeout", GoDuration.format(plan.timeout()));
    spec.put("backOffLimit", policy.backOffLimit());
    // The default, reinstall, would uninstall a release that failed, with its volumes.
    spec.put("failurePolicy", "abort");
    var manifest = new LinkedHashMap<String, Object>();
    manifest.put("apiVersion", "helm.cattle.io/v1");
    manifest.put("kind", "HelmChart");
    manifest.put(
        "metadata", Map.of("name", policy.release(), "namespace", policy.chartNamespace()));
    manifest.put("spec", spec);
    return manifest;
  }

  byte[] yaml() {
    return Yaml.write(document);
  }
}
