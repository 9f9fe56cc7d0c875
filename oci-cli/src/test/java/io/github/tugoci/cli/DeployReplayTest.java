package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code tug deploy} against what a real API server, helm-controller and helm answered, recorded by
 * the tests of {@code examples/cluster} that have the same names.
 */
class DeployReplayTest {
  private final Path folder;
  private final Run run;
  private EmbeddedRegistry registry;

  DeployReplayTest(@TempDir Path folder) {
    this.folder = folder;
    this.run = Run.in(folder);
  }

  @BeforeEach
  void start() throws Exception {
    registry = EmbeddedRegistry.start();
    var images = SampleImages.in(folder.resolve("images")).image("one", 100);
    run.tug("image", "push", images.reference("one"), registry.host() + "/acme/app/api:1").ok();
  }

  @AfterEach
  void stop() throws Exception {
    registry.close();
  }

  private ReplayedCluster cluster(String name, String more, String... versions) throws IOException {
    for (var version : versions) {
      var chart = SampleCharts.write(folder.resolve(version), name, version);
      run.tug("chart", "push", chart, "oci://" + registry.host() + "/acme/charts").ok();
    }
    values("{}");
    var cluster = ReplayedCluster.of(name, folder.resolve("kubectl"));
    var policy =
        """
        chart: HOST/acme/charts/NAME
        images: {api: {repository: HOST/acme/app/api, values: {tag: tag}}}
        release: NAME
        namespace: NAME
        values: values.yaml
        backOffLimit: 1
        kubectl: [KUBECTL]
        """
            .replace("HOST", registry.host())
            .replace("NAME", name)
            .replace("KUBECTL", cluster.kubectl().toString());
    var file = Files.writeString(folder.resolve("policy.yaml"), policy + more);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return cluster;
  }

  private void values(String yaml) throws IOException {
    Files.write(folder.resolve("values.yaml"), yaml.getBytes(UTF_8));
  }

  private Run.Outcome deploy(String name, String version, String... more) {
    var words =
        new ArrayList<Object>(
            List.of(
                "deploy",
                "--chart=oci://%s/acme/charts/%s".formatted(registry.host(), name),
                "--chart-version=" + version,
                "--images={\"api\":\"%s/acme/app/api:1\"}".formatted(registry.host()),
                "--policy=" + folder.resolve("policy.yaml")));
    words.addAll(List.of(more));
    return run.tug(words.toArray());
  }

  @Test
  void afterAFailedUpgradeItIsClearedAndGoesOn() throws Exception {
    var cluster = cluster("replay", "timeout: 60s\n", "1.0.0", "1.1.0");

    assertThat(deploy("replay", "1.0.0").ok().err()).contains("STATUS: deployed");
    values("hook: fail");
    assertThat(deploy("replay", "1.1.0").failed(1).err())
        .contains("release replay in namespace replay failed at revision 2")
        .contains("UPGRADE FAILED: pre-upgrade hooks failed: ");
    values("{}");
    assertThat(deploy("replay", "1.1.0").failed(1).err())
        .contains("the last good one is revision 1 (replay-1.0.0, deployed)");
    deploy("replay", "1.1.0", "--clear-failed").ok();
    assertThat(cluster.asked()).isEqualTo(cluster.calls());
  }

  @Test
  void aRollOutThatDoesntBecomeReadyNamesItsReason() throws Exception {
    var cluster = cluster("ready-pull", "timeout: 12s\n", "1.0.0");
    values("does: pull");

    assertThat(deploy("ready-pull", "1.0.0").failed(6).err())
        .contains("deployment/ready-pull-api in namespace ready-pull wasn't ready")
        .contains("ImagePullBackOff: Back-off pulling image");
    assertThat(cluster.asked()).isEqualTo(cluster.calls());
  }
}
