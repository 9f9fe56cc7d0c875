package io.github.tugoci.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code method: k3s} where something around it is wrong. */
class K3sFailuresIT extends ClusterTest {

  @Test
  void aPausedControllerDeploysNothing() throws Exception {
    var shop = scene("paused").push("1.1.0");
    shop.deploy("1.0.0").expectExit(0);
    cluster().pauseController(true);
    try {
      var late = shop.policy("timeout: 8s").deploy("1.1.0").expectExit(6);

      assertThat(late.out()).isEmpty();
      assertThat(late.err()).contains("helm-controller started no job", "kube-system/paused");
      assertThat(shop.release()).isEqualTo("1 deployed");
    } finally {
      cluster().pauseController(false);
    }
    shop.policy("").deploy("1.1.0").expectExit(0);
    assertThat(shop.release()).endsWith(" deployed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pull|ImagePullBackOff: Back-off pulling image",
        "crash|exit code 7, Error: no DATABASE_URL",
        "unready|running, not ready"
      })
  void aRollOutThatDoesntBecomeReadyNamesItsReason(String does, String says) throws Exception {
    var shop = scene("ready-" + does).policy("timeout: 12s").values("does: " + does);

    var late = shop.deploy("1.0.0").expectExit(6);

    assertThat(late.out()).isEmpty();
    assertThat(late.err())
        .contains("deployment/ready-%s-api in namespace ready-%1$s".formatted(does))
        .contains(says);
  }

  @Test
  void aPodThatFitsNowhereIsNamed() throws Exception {
    var shop = scene("huge").policy("timeout: 12s").values("cpu: 900");

    assertThat(shop.deploy("1.0.0").expectExit(6).err())
        .contains("deployment/huge-api", "Unschedulable: 0/1 nodes are available");
  }

  @Test
  void oneNameStandsForOneRelease() throws Exception {
    var shop = scene("twice");
    shop.deploy("1.0.0").expectExit(0);

    var refused = shop.policy("namespace: other").as(admin()).deploy("1.0.0").expectExit(8);

    assertThat(refused.err())
        .contains("HelmChart kube-system/twice deploys into namespace twice, not other")
        .contains("release: twice-other");
    assertThat(shop.release()).isEqualTo("1 deployed");
  }

  private static Path admin() throws Exception {
    return cluster().kubeconfig("admin", TestCluster.ADMIN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kube-system|[get, patch]|[get]|patch helmcharts.helm.cattle.io in namespace kube-system",
        "kube-system|[get, patch]|[patch]|get helmcharts.helm.cattle.io in namespace kube-system",
        "kube-system|verbs: [create]|verbs: [update]|create helmcharts.helm.cattle.io in namespace"
            + " kube-system",
        "kube-system|resources: [jobs]|resources: [cronjobs]|get jobs.batch in namespace"
            + " kube-system",
        "rights|[list, delete]|[get]|list secrets in namespace rights",
        "rights|deployments, ||get deployments.apps in namespace rights",
        "rights|statefulsets, ||get statefulsets.apps in namespace rights",
        "rights|, daemonsets||get daemonsets.apps in namespace rights",
      })
  void aMissingRightIsNamedBeforeAnythingIsApplied(
      String namespace, String granted, String instead, String missing) throws Exception {
    var shop = scene("rights");
    var role = Files.readString(Path.of("../pytoya/runner-role.yaml")).replace("pytoya", "rights");
    cluster().apply(role.replace(granted, instead == null ? "" : instead));

    var refused = shop.deploy("1.0.0").expectExit(4);

    assertThat(refused.err())
        .contains("the kubeconfig's user may not " + missing, "runner-role.yaml");
    assertThat(shop.audit().requiredString("result")).isEqualTo("refused");
    cluster()
        .kubectl("get", "helmchart", "rights", "--namespace", "kube-system")
        .run()
        .expectExit(1);
    assertThat(namespace).isNotEmpty();
  }

  @Test
  void withoutTheRightToReadLogsItDeploysAndSaysWhatStaysUnknown() throws Exception {
    var shop = scene("logless");
    var role = Files.readString(Path.of("../pytoya/runner-role.yaml")).replace("pytoya", "logless");
    cluster().apply(role.replace("pods/log", "pods/exec"));

    assertThat(shop.deploy("1.0.0").expectExit(0).err())
        .contains("may not get pods/log in namespace kube-system");
    var failed = shop.values("hook: fail").deploy("1.0.0").expectExit(1);
    // Helm's own words stand in the release too.
    assertThat(failed.err()).contains("pre-upgrade hooks failed");
  }

  @Test
  void anInterruptedDeploymentIsUnknownAndGoesOn() throws Exception {
    var shop = scene("stopped").values("hook: slow").push("1.1.0");
    var log = folder.resolve("log");
    var process = shop.start("1.0.0", log);
    TestCluster.until("the job", () -> Files.readString(log).contains("applied HelmChart"));
    TestCluster.until("helm", () -> shop.release().equals("1 pending-install"));

    Program.of("kill", "-INT", Long.toString(process.pid())).run().expectSuccess();

    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(log)
        .content()
        .contains("interrupted; the cluster goes on", "kubectl get helmchart/stopped");
    assertThat(shop.audit().requiredString("result")).isEqualTo("unknown, the cluster goes on");
    // The next one lets the job come to its end, and upgrades what it installed.
    shop.values("{}").deploy("1.1.0").expectExit(0);
    assertThat(shop.release()).isEqualTo("2 deployed");
  }

  @Test
  void twoAtOnceDeployOneAfterTheOther() throws Exception {
    var shop = scene("both").push("1.1.0").policy("lockTimeout: 2m");
    var one = shop.start("1.0.0", folder.resolve("one"));
    var two = shop.start("1.1.0", folder.resolve("two"));

    assertThat(one.waitFor()).as(Files.readString(folder.resolve("one"))).isZero();
    assertThat(two.waitFor()).as(Files.readString(folder.resolve("two"))).isZero();
    assertThat(shop.release()).isEqualTo("2 deployed");
  }

  /** What is accepted has to be kept, to the last kilobyte; and not much is refused for nothing. */
  @Test
  void aChartThatHelmCouldntKeepIsRefused() throws Exception {
    var shop = scene("size");
    int fits = 720_000;
    int exceeds = 782_500;
    while (exceeds - fits > 1000) {
      int size = (fits + exceeds) / 2;
      shop.push("0.0." + size, Map.of("files/noise", noise(size)));
      var tried = shop.deploy("0.0." + size, "--dry-run");
      if (tried.exitCode() == 0) {
        fits = size;
      } else {
        assertThat(tried.expectExit(5).err()).contains("too large for helm");
        exceeds = size;
      }
    }
    assertThat(fits).isGreaterThan(740_000);

    shop.deploy("0.0." + fits).expectExit(0);
    assertThat(shop.release()).isEqualTo("1 deployed");
  }

  static byte[] noise(int size) {
    var bytes = new byte[size];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  @Test
  void anApiServerThatIsntThereIsToldInALine() throws Exception {
    var shop = scene("away");
    var elsewhere =
        cluster().kubeconfig(folder.resolve("c1"), "https://127.0.0.1:1", TestCluster.ADMIN);
    var stranger = cluster().kubeconfig("stranger", "nobody's token");
    var broken = Files.writeString(folder.resolve("c2"), "apiVersion: v1\nclusters: [\n");

    for (var expected :
        Map.of(
                elsewhere,
                "6 Kubernetes API server unreachable: ",
                stranger,
                "4 Kubernetes API server doesn't accept the kubeconfig's credential: ",
                broken,
                "2 invalid kubeconfig: ",
                folder.resolve("none"),
                "6 Kubernetes API server unreachable: ")
            .entrySet()) {
      var failed = shop.as(expected.getKey()).deploy("1.0.0");

      var parts = expected.getValue().split(" ", 2);
      failed.expectExit(Integer.parseInt(parts[0]));
      assertThat(failed.err()).startsWith("tug: " + parts[1]).contains("hint: ");
      assertThat(failed.err()).doesNotContain("memcache.go");
      assertThat(shop.audit().requiredString("error")).startsWith(parts[1]);
    }
  }
}
