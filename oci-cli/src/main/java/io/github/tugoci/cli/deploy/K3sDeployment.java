package io.github.tugoci.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.FailedException;
import io.github.tugoci.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * By K3s' helm-controller: one HelmChart that holds the chart itself and its values. The controller
 * names the release after it.
 */
final class K3sDeployment implements Deployment {
  /** What a ConfigMap holds, which the controller makes of the chart. */
  static final int MAX_CHART = 1_048_576;

  private final Plan plan;
  private final Map<String, ?> manifest;

  private K3sDeployment(Plan plan, Map<String, ?> manifest) {
    this.plan = plan;
    this.manifest = manifest;
  }

  /**
   * Makes the resource.
   *
   * @throws FailedException if the chart is too large for it
   */
  static K3sDeployment of(Plan plan) throws IOException {
    var chart = Base64.getEncoder().encodeToString(Files.readAllBytes(plan.chartFile()));
    if (chart.length() > MAX_CHART) {
      throw new FailedException(
          ExitCode.INVALID_CONTENT,
          "the chart has %d bytes in base64, over the limit of %d of a HelmChart"
              .formatted(chart.length(), MAX_CHART),
          List.of(),
          "leave files out of it with .helmignore, or use method: helm");
    }
    return new K3sDeployment(plan, manifest(plan, chart));
  }

  private static Map<String, ?> manifest(Plan plan, String chart) {
    var policy = plan.policy();
    var spec = new LinkedHashMap<String, Object>();
    spec.put("chartContent", chart);
    spec.put("targetNamespace", policy.namespace());
    spec.put("createNamespace", policy.createNamespace());
    // The comment makes each attempt differ, and so gives each a job of its own.
    spec.put("valuesContent", "# tug deploy, %s\n%s".formatted(plan.time(), plan.values()));
    spec.put("timeout", plan.timeout().toSeconds() + "s");
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

  @Override
  public List<String> text() {
    return new String(Yaml.write(manifest), UTF_8).lines().toList();
  }

  @Override
  public Map<String, ?> json() {
    return Map.of("manifest", manifest);
  }

  @Override
  public void apply(Tool kubectl) throws IOException {
    var cluster = new Cluster(kubectl, plan.timeout());
    var policy = plan.policy();
    var job = new ChartJob(cluster, policy.release(), policy.chartNamespace());
    var before = job.uid();
    cluster.apply(Yaml.write(manifest));
    job.await(before);
    for (var workload : cluster.workloads(policy.release(), policy.namespace())) {
      cluster.awaitRollout(workload, policy.namespace());
    }
  }
}
