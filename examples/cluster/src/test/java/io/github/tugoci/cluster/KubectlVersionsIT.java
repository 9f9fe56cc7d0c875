package io.github.tugoci.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kubectl of four minor versions, and K3s' own. */
class KubectlVersionsIT extends ClusterTest {

  @ParameterizedTest
  @ValueSource(strings = {"1.34", "1.35", "1.36", "1.37"})
  void eachMinorVersionDeploysFailsAndComesBack(String version) throws Exception {
    var shop = scene("k" + version.replace(".", "")).push("1.1.0");
    shop.kubectl(cluster().bin().resolve("kubectl-" + version)).policy("");

    shop.deploy("1.0.0").expectExit(0);
    var failed = shop.values("hook: fail").deploy("1.1.0").expectExit(1);
    assertThat(failed.err()).contains("pre-upgrade hooks failed");
    shop.values("{}").deploy("1.1.0", "--clear-failed").expectExit(0);
    assertThat(shop.release()).isEqualTo("2 deployed");
    assertThat(
            shop.as(cluster().kubeconfig(folder.resolve("c"), "https://127.0.0.1:1", "x"))
                .deploy("1.1.0")
                .expectExit(6)
                .err())
        .startsWith("tug: Kubernetes API server unreachable: ");
  }

  @Test
  void whereOnlyK3sIsItsKubectlIsTaken() throws Exception {
    var shop = scene("k3s");
    var path = Files.createDirectories(folder.resolve("path"));
    var k3s =
        Files.writeString(
            path.resolve("k3s"),
            "#!/bin/sh\n[ \"$1\" = kubectl ] || exit 9\nshift\nexec '%s' \"$@\"\n"
                .formatted(cluster().bin().resolve("kubectl-1.37")));
    Files.setPosixFilePermissions(k3s, PosixFilePermissions.fromString("rwx------"));
    shop.policy("kubectl: [k3s, kubectl]");

    shop.deploy("1.0.0").expectExit(0);
    shop.deploy("1.0.0").expectExit(0);
  }
}
