package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.Interop;
import io.github.tugoci.fixture.Program;
import io.github.tugoci.yaml.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real kubectl makes of the same words. */
class KubectlIT {
  @Test
  void aPullSecretIsKubectls(@TempDir Path folder) throws Exception {
    Interop.requireProgram("kubectl");
    var password = "p<&>\"ü\u2028$x";
    var config = folder.resolve("config.json");
    var auth = Base64.getEncoder().encodeToString(("ada:" + password).getBytes(UTF_8));
    Files.writeString(config, "{\"auths\":{\"ghcr.io\":{\"auth\":\"" + auth + "\"}}}");

    var ours =
        Run.in(folder)
            .tug(
                "k8s",
                "pull-secret",
                "ghcr.io",
                "--namespace=pytoya",
                "--name=ghcr-pull",
                "--registry-config=" + config)
            .ok()
            .out();
    var theirs =
        Program.of("kubectl", "--namespace=pytoya", "create", "secret", "docker-registry")
            .with("ghcr-pull", "--docker-server=ghcr.io", "--docker-username=ada")
            .with("--docker-password=" + password, "--dry-run=client", "-o", "yaml")
            .env("HOME", folder.toString())
            .run()
            .expectSuccess();

    assertThat(secret(ours)).isEqualTo(secret(theirs));
  }

  /** Without kubectl's empty creationTimestamp. */
  private static Map<?, ?> secret(String text) throws Exception {
    var secret = new LinkedHashMap<>((Map<?, ?>) Yaml.read(text.getBytes(UTF_8), "text"));
    var metadata = new LinkedHashMap<>((Map<?, ?>) secret.get("metadata"));
    metadata.remove("creationTimestamp");
    return Map.of(
        "metadata", metadata,
        "data", secret.get("data"),
        "type", secret.get("type"),
        "kind", secret.get("kind"),
        "apiVersion", secret.get("apiVersion"));
  }
}
