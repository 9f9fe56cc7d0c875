package io.github.tugoci.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code method: k3s}: what comes out of a deployment, and the way back when it failed. */
class K3sDeployIT extends ClusterTest {
  private static final Pattern COMMAND = Pattern.compile("run \"(kubectl delete secret [^\"]+)\"");

  @Test
  void aReleaseIsInstalledUpgradedAndDeployedAgain() throws Exception {
    var shop = scene("shop").push("1.1.0");

    var first = shop.deploy("1.0.0").expectExit(0);
    assertThat(first.out()).contains("Deployed: ", "shop:1.0.0");
    assertThat(shop.release()).isEqualTo("1 deployed");
    shop.deploy("1.0.0").expectExit(0);
    assertThat(shop.release()).isEqualTo("2 deployed");
    shop.deploy("1.1.0").expectExit(0);
    assertThat(shop.release()).isEqualTo("3 deployed");
    assertThat(shop.audit().requiredString("result")).isEqualTo("applied");
    // The job's own lines were shown while it ran.
    assertThat(first.err()).contains("STATUS: deployed");
    var version =
        cluster()
            .kubectl("get", "deployment", "shop-api", "--namespace", "shop", "-o")
            .with("jsonpath={.spec.template.metadata.annotations.version}")
            .run()
            .expectSuccess();
    assertThat(version).isEqualTo("1.1.0");
  }

  @Test
  void whatAnOperatorChangedByHandIsOursAgain() throws Exception {
    var shop = scene("hand").policy("timeout: 90s");
    shop.deploy("1.0.0").expectExit(0);
    cluster()
        .kubectl("patch", "helmchart", "hand", "--namespace", "kube-system", "--type=merge", "-p")
        .with("{\"spec\":{\"timeout\":\"33s\",\"backOffLimit\":7}}")
        .run()
        .expectSuccess();

    shop.deploy("1.0.0").expectExit(0);

    var timeout =
        cluster()
            .kubectl("get", "helmchart", "hand", "--namespace", "kube-system", "-o")
            .with("jsonpath={.spec.timeout} {.spec.backOffLimit}")
            .run()
            .expectSuccess();
    assertThat(timeout).isEqualTo("1m30s 1");
  }

  @Test
  void afterAFailedUpgradeTheHintLeadsBack() throws Exception {
    var shop = scene("upgrade").push("1.1.0");
    shop.deploy("1.0.0").expectExit(0);
    shop.values("hook: fail");

    var failed = shop.deploy("1.1.0").expectExit(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err())
        .contains("release upgrade in namespace upgrade failed at revision 2")
        .contains("pre-upgrade hooks failed");
    assertThat(shop.release()).isEqualTo("2 failed");
    shop.values("{}");
    var refused = shop.deploy("1.1.0").expectExit(1);
    assertThat(refused.err())
        .contains("is failed at revision 2; nothing was applied", "pre-upgrade hooks failed")
        .contains("the last good one is revision 1 (upgrade-1.0.0, deployed)");
    assertThat(shop.audit().requiredString("result")).isEqualTo("refused");

    shop.administrator(command(refused.err()));
    shop.deploy("1.1.0").expectExit(0);
    assertThat(shop.release()).isEqualTo("2 deployed");
  }

  /**
   * The calls of kubectl in this test are replayed in every build, by oci-cli's DeployReplayTest.
   */
  @Test
  void afterAFailedUpgradeItIsClearedAndGoesOn() throws Exception {
    var shop = scene("replay").push("1.1.0");
    shop.deploy("1.0.0").expectExit(0);
    shop.values("hook: fail").deploy("1.1.0").expectExit(1);
    shop.values("{}").deploy("1.1.0").expectExit(1);
    // So that the replay needn't wait for the job to give up.
    TestCluster.until("the mark", () -> cluster().isMarkedAsFailed("replay"));
    shop.deploy("1.1.0", "--clear-failed").expectExit(0);
    assertThat(shop.release()).isEqualTo("2 deployed");
  }

  @Test
  void aPolicyThatClearsGoesOnAfterAFailedInstall() throws Exception {
    var shop = scene("install").values("hook: fail");

    var failed = shop.deploy("1.0.0").expectExit(1);
    assertThat(failed.err()).contains("failed at revision 1", "failed pre-install: ");
    shop.values("{}");
    shop.deploy("1.0.0").expectExit(1);
    assertThat(shop.release()).isEqualTo("1 failed");

    shop.policy("onFailedRelease: clear").deploy("1.0.0").expectExit(0);
    assertThat(shop.release()).isEqualTo("1 deployed");
  }

  @Test
  void aRollbackDeploysTheLastGoodVersionAgain() throws Exception {
    var shop = scene("back").push("1.1.0").push("1.2.0");
    shop.deploy("1.0.0").expectExit(0);
    shop.deploy("1.1.0").expectExit(0);
    shop.values("hook: fail").deploy("1.2.0").expectExit(1);
    shop.values("{}");

    assertThat(shop.rollback().expectExit(0).out()).contains("back:1.1.0");
    assertThat(shop.release()).endsWith(" deployed");
    // The newest attempt was the rollback: one further back is the version before it.
    assertThat(shop.rollback().expectExit(0).out()).contains("back:1.0.0");
    shop.policy("onFailedRelease: refuse").deploy("1.0.0", "--clear-failed").expectExit(2);
  }

  @Test
  void aChartThatCantBeRenderedIsToldInHelmsWords() throws Exception {
    var shop = scene("broken");
    shop.push(
        "2.0.0",
        Map.of(
            "templates/bad.yaml",
            "a: {{ required \"no colour\" .Values.colour }}".getBytes(UTF_8)));

    var failed = shop.deploy("2.0.0").expectExit(1);

    assertThat(failed.err()).contains("no colour", "job helm-install-broken");
    shop.deploy("1.0.0").expectExit(0);
  }

  @Test
  void aMissingNamespaceIsToldInHelmsWords() throws Exception {
    var shop = scene("nowhere");
    shop.policy("createNamespace: false");
    var created =
        cluster().kubectl("delete", "namespace", "nowhere", "--wait").run().expectSuccess();
    assertThat(created).contains("deleted");

    var failed = shop.as(cluster().kubeconfig("admin", TestCluster.ADMIN)).deploy("1.0.0");

    assertThat(failed.expectExit(1).err()).contains("namespaces \"nowhere\" not found");
  }

  @Test
  void aFailureThatTheJobHidesIsNoDeployment() throws Exception {
    var shop = scene("retry").push("1.1.0");
    shop.deploy("1.0.0").expectExit(0);
    cluster()
        .apply(
            """
            apiVersion: helm.cattle.io/v1
            kind: HelmChartConfig
            metadata: {name: retry, namespace: kube-system}
            spec: {failurePolicy: retry}
            """);
    shop.values("hook: fail");

    var failed = shop.deploy("1.1.0").expectExit(1);

    assertThat(failed.out()).doesNotContain("Deployed");
    assertThat(failed.err()).contains("failed at revision", "pre-upgrade hooks failed");
  }

  private static String command(String text) {
    var matcher = COMMAND.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }
}
