package io.github.tugoci.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.shell.FailedException;
import java.io.IOException;
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
    var release = new K3sRelease(plan, context, manifest, cluster);
    release.check();
    return release::apply;
  }

  @Override
  public List<String> text() {
    return new String(manifest.yaml(), UTF_8).lines().toList();
  }

  @Override
  public Map<String, ?> json() {
    return Map.of("manifest", manifest.document());
  }
}
