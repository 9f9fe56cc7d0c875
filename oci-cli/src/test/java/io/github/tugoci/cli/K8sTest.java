package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.json.Json;
import io.github.tugoci.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tug k8s}, with credentials in a file of its own. */
class K8sTest {
  private final Path config;
  private final Run run;

  K8sTest(@TempDir Path folder) throws IOException {
    this.config = folder.resolve("config.json");
    this.run = Run.in(folder);
    stored(
        "\"auth\":\"" + Base64.getEncoder().encodeToString("ada:p<&>\"ü".getBytes(UTF_8)) + "\"");
  }

  private void stored(String credential) throws IOException {
    Files.writeString(config, "{\"auths\":{\"ghcr.io\":{" + credential + "}}}");
  }

  private Run.Outcome k8s(Object... args) {
    var words = new Object[args.length + 2];
    words[0] = "k8s";
    System.arraycopy(args, 0, words, 1, args.length);
    words[args.length + 1] = "--registry-config=" + config;
    return run.tug(words);
  }

  @Test
  void aPullSecretHoldsWhatDockersConfigWould() throws Exception {
    var said = k8s("pull-secret", "GHCR.io", "--namespace=pytoya", "--name=ghcr-pull").ok();
    var json =
        k8s("pull-secret", "ghcr.io", "--namespace=pytoya", "--name=ghcr-pull", "--format=json")
            .ok()
            .json();

    assertThat(Yaml.read(said.out().getBytes(UTF_8), "text")).isEqualTo(json.asMap());
    assertThat(json.asMap())
        .containsEntry("kind", "Secret")
        .containsEntry("type", "kubernetes.io/dockerconfigjson")
        .containsEntry("metadata", Map.of("name", "ghcr-pull", "namespace", "pytoya"));
    var data = json.object("data").orElseThrow().requiredString(".dockerconfigjson");
    assertThat(Json.parseObject(Base64.getDecoder().decode(data), "data").asMap())
        .isEqualTo(
            Map.of(
                "auths",
                Map.of(
                    "ghcr.io",
                    Map.of(
                        "username",
                        "ada",
                        "password",
                        "p<&>\"ü",
                        "auth",
                        Base64.getEncoder().encodeToString("ada:p<&>\"ü".getBytes(UTF_8))))));
    assertThat(said.err()).isEmpty();
  }

  @Test
  void registriesAreWhatK3sReads() throws Exception {
    assertThat(Yaml.read(k8s("registries", "ghcr.io").ok().out().getBytes(UTF_8), "text"))
        .isEqualTo(
            Map.of(
                "configs",
                Map.of(
                    "ghcr.io", Map.of("auth", Map.of("username", "ada", "password", "p<&>\"ü")))));
  }

  @Test
  void withoutAUsableCredentialNothingIsPrinted() throws Exception {
    assertThat(k8s("registries", "example.com").failed(4).err())
        .contains("no credential stored for example.com", "tug login example.com");
    stored("\"identitytoken\":\"very-secret\"");
    assertThat(k8s("registries", "ghcr.io").failed(4).err())
        .contains("not a user name with a password: identity token")
        .doesNotContain("very-secret");
  }

  @Test
  void namesAreKubernetes() {
    assertThat(k8s("pull-secret", "ghcr.io", "--namespace=a", "--name=A_b").failed(2).err())
        .contains("invalid --name");
    assertThat(k8s("pull-secret", "ghcr.io/acme", "--namespace=a", "--name=b").failed(2).err())
        .contains("write ghcr.io alone");
  }

  @Test
  void theFormsOfASecretAreMaskedInAJobsLog() throws Exception {
    run.variable("GITHUB_ACTIONS", "true");

    var secret = k8s("pull-secret", "ghcr.io", "--namespace=pytoya", "--name=s", "--format=json");
    var data = secret.ok().json().object("data").orElseThrow();
    assertThat(secret.err()).contains("::add-mask::" + data.requiredString(".dockerconfigjson"));

    assertThat(k8s("registries", "ghcr.io").ok().err()).contains("::add-mask::p<&>\"ü");
  }
}
