package io.github.tugoci.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.Program;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code method: helm}, by helm 3 and helm 4. */
class HelmDeployIT extends ClusterTest {
  private static final Pattern ROLLED_BACK = Pattern.compile("(?s).*pre-upgrade hooks failed.*");

  private Scene scene(String helm, String name) throws Exception {
    return scene(name + helm.charAt(helm.length() - 1))
        .as(cluster().kubeconfig("admin", TestCluster.ADMIN));
  }

  private static String[] policy(String helm, String... more) {
    var lines = new String[more.length + 2];
    lines[0] = "method: helm";
    lines[1] = "helm: [" + cluster().bin().resolve(helm) + "]";
    System.arraycopy(more, 0, lines, 2, more.length);
    return lines;
  }

  @ParameterizedTest
  @ValueSource(strings = {"helm3", "helm4"})
  void aReleaseIsInstalledUpgradedAndComesBack(String helm) throws Exception {
    var shop = scene(helm, "helm").push("1.1.0").policy(policy(helm));

    shop.deploy("1.0.0").expectExit(0);
    shop.deploy("1.0.0").expectExit(0);
    assertThat(shop.release()).isEqualTo("2 deployed");
    var failed = shop.values("hook: fail").deploy("1.1.0").expectExit(1);
    assertThat(failed.err()).contains("pre-upgrade hooks failed");
    assertThat(shop.release()).isEqualTo("3 failed");
    shop.values("{}").deploy("1.1.0").expectExit(0);
    assertThat(shop.release()).isEqualTo("4 deployed");
    assertThat(shop.rollback().expectExit(0).out()).contains(":1.0.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"helm3", "helm4"})
  void anAtomicUpgradeThatFailsIsRolledBack(String helm) throws Exception {
    var shop = scene(helm, "atomic").push("1.1.0").policy(policy(helm, "atomic: true"));
    shop.deploy("1.0.0").expectExit(0);

    var failed = shop.values("hook: fail").deploy("1.1.0").expectExit(1);

    assertThat(failed.err()).matches(ROLLED_BACK).doesNotContain("deprecated");
    assertThat(shop.release()).isEqualTo("3 deployed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"helm3", "helm4"})
  void aRollOutThatDoesntBecomeReadyIsATimeOutWithItsReason(String helm) throws Exception {
    var shop = scene(helm, "pull").values("does: pull").policy(policy(helm, "timeout: 10s"));

    var late = shop.deploy("1.0.0").expectExit(6);

    assertThat(late.err()).contains("ImagePullBackOff", shop.name() + "-api");
  }

  @ParameterizedTest
  @ValueSource(strings = {"helm3", "helm4"})
  void aReleaseThatHelmDidntEndIsClearedIfThatIsAllowed(String helm) throws Exception {
    var shop = scene(helm, "pending").push("1.1.0").policy(policy(helm));
    shop.deploy("1.0.0").expectExit(0);
    ReleaseSecret.setStatus(cluster().api(), shop.name(), shop.name(), 1, "pending-upgrade");

    var refused = shop.deploy("1.1.0").expectExit(1);
    assertThat(refused.err()).contains("is pending-upgrade at revision 1", "kubectl delete secret");
    shop.deploy("1.1.0", "--clear-failed").expectExit(0);
    assertThat(shop.release()).isEqualTo("1 deployed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"helm3", "helm4"})
  void anInterruptedDeploymentStopsHelmAndSaysSo(String helm) throws Exception {
    var shop = scene(helm, "stop").values("hook: slow").policy(policy(helm));
    var log = folder.resolve("log");
    var process = shop.start("1.0.0", log);
    TestCluster.until("helm", () -> shop.release().equals("1 pending-install"));

    Program.of("kill", "-INT", Long.toString(process.pid())).run().expectSuccess();

    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(log).content().contains("interrupted; helm was stopped", "helm history stop");
    assertThat(shop.audit().requiredString("result")).startsWith("unknown");
    assertThat(shop.values("{}").deploy("1.0.0", "--clear-failed").expectExit(0).out())
        .contains("Deployed: ");
    assertThat(shop.release()).endsWith(" deployed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"helm3", "helm4"})
  void anApiServerThatIsntThereIsToldInALine(String helm) throws Exception {
    var shop = scene(helm, "away").policy(policy(helm));
    shop.as(cluster().kubeconfig(folder.resolve("c1"), "https://127.0.0.1:1", "x"));

    assertThat(shop.deploy("1.0.0").expectExit(6).err())
        .startsWith("tug: Kubernetes API server unreachable: ");
  }
}
