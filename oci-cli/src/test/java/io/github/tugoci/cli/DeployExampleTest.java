package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.Program;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples/pytoya}: its policy, and the script that keeps the runner's contract. */
class DeployExampleTest {
  private static final Path PYTOYA = Path.of("../examples/pytoya").toAbsolutePath().normalize();
  private static final String CHART = "oci://ghcr.io/acme/charts/pytoya";
  private static final String IMAGES = "{\"api\":\"ghcr.io/acme/pytoya/api:1\"}";

  private final Path folder;
  private final RecordedTools tools;

  DeployExampleTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.tools =
        RecordedTools.in(folder.resolve("bin"))
            .tool(
                "tug", "printf '%s\\n' \"$@\" > \"$folder/args\"; echo \"$KUBECONFIG\"; exit 7\n");
  }

  private Program script(String... args) {
    return Program.of(PYTOYA.resolve("deploy-pytoya.sh").toString())
        .with(args)
        .env("TUG", tools.folder().resolve("tug").toString())
        .env("HOME", folder.toString())
        .env("KUBECONFIG", "/some/config")
        .env("PYTOYA_POLICY", null)
        .env("DEPLOY_TIMEOUT", null)
        .env("DEPLOY_ATOMIC", null);
  }

  private List<String> args() throws IOException {
    return tools.text("args").lines().toList();
  }

  @Test
  void theScriptHandsTheSignalOnAndItsEndBack() throws Exception {
    var ended =
        script("--chart", CHART, "--chart-version", "1.2.3", "--images", IMAGES)
            .run()
            .expectExit(7);

    assertThat(ended.out()).isEqualTo("/some/config\n");
    assertThat(args())
        .containsExactly(
            "deploy",
            "--chart=" + CHART,
            "--chart-version=1.2.3",
            "--images=" + IMAGES,
            "--policy=" + PYTOYA.resolve("policy.yaml"));
  }

  @Test
  void theEnvironmentSaysWhichPolicyHowLongAndWhetherBack() throws Exception {
    var policy = Files.writeString(folder.resolve("my policy"), "");
    script("--images", IMAGES, "--chart", CHART, "--chart-version", "--policy=/evil")
        .env("PYTOYA_POLICY", policy.toString())
        .env("DEPLOY_TIMEOUT", "5m")
        .env("DEPLOY_ATOMIC", "1")
        .run()
        .expectExit(7);

    assertThat(args())
        .containsExactly(
            "deploy",
            "--chart=" + CHART,
            "--chart-version=--policy=/evil",
            "--images=" + IMAGES,
            "--policy=" + policy,
            "--deploy-timeout=5m",
            "--atomic");
  }

  @Test
  void badWordsEndWithTwoAndTheUsage() throws Exception {
    for (var args :
        List.of(
            List.of(),
            List.of("--chart", CHART, "--chart-version", "1", "--images"),
            List.of("--chart", CHART, "--images", IMAGES),
            List.of("--chart", CHART, "--chart-version", "1", "--images", ""),
            List.of("--frob"),
            List.of(
                "--chart", "oci://ghcr.io.evil/x", "--chart-version", "1", "--images", IMAGES))) {
      var ended = script(args.toArray(String[]::new)).run().expectExit(2);
      assertThat(ended.err()).startsWith("error: ").contains("Usage:");
      assertThat(ended.out()).isEmpty();
    }
    assertThat(script("--help").run().expectSuccess()).contains("--chart-version");
    script("--chart", CHART, "--chart-version", "1", "--images", IMAGES)
        .env("PYTOYA_POLICY", folder.resolve("none").toString())
        .run()
        .expectExit(1);
    assertThat(tools.calls("tug")).isEmpty();
  }

  @Test
  void thePolicyDeploysTheExamplesChart() throws Exception {
    try (var registry = EmbeddedRegistry.start()) {
      var images = SampleImages.in(folder.resolve("images")).image("one", 100);
      var run = Run.in(folder).variable("PATH", tools.folder().toString());
      tools.tool("kubectl", "exit 1\n");
      run.tug("image", "push", images.reference("one"), registry.host() + "/acme/pytoya/api:7")
          .ok();
      run.tug("image", "push", images.reference("one"), registry.host() + "/acme/pytoya/web:7")
          .ok();
      run.tug(
              "chart",
              "push",
              PYTOYA.resolve("helm/pytoya"),
              "oci://" + registry.host() + "/acme/charts")
          .ok();
      var version =
          run.tug(
                  "chart",
                  "versions",
                  "oci://" + registry.host() + "/acme/charts/pytoya",
                  "--latest")
              .ok()
              .out()
              .strip();
      var policy = Files.readString(PYTOYA.resolve("policy.yaml"));
      Files.writeString(folder.resolve("policy.yaml"), policy.replace("ghcr.io", registry.host()));
      Files.copy(PYTOYA.resolve("pytoya.values.yaml"), folder.resolve("pytoya.values.yaml"));

      var json =
          run.tug(
                  "deploy",
                  "--dry-run",
                  "--format=json",
                  "--chart=oci://" + registry.host() + "/acme/charts/pytoya",
                  "--chart-version=" + version,
                  "--images="
                      + "{\"api\":\"HOST/api:7\",\"web\":\"HOST/web:7\"}"
                          .replace("HOST", registry.host() + "/acme/pytoya"),
                  "--policy=" + folder.resolve("policy.yaml"))
              .ok()
              .json();

      var spec = json.object("manifest").orElseThrow().object("spec").orElseThrow();
      var values = DeployScene.yaml(spec.requiredString("valuesContent").getBytes(UTF_8));
      var digest = images.descriptor("one").digest().toString();
      assertThat(values.get("worker"))
          .isEqualTo(Map.of("image", "acme/pytoya/api", "tag", "7", "digest", digest));
      assertThat(values.get("global"))
          .isEqualTo(
              Map.of("imagePullSecrets", List.of("ghcr-pull"), "imageRegistry", registry.host()));
      var line = Files.readAllBytes(folder.resolve("pytoya.audit.jsonl"));
      assertThat(Json.parseObject(line, "line").requiredString("result")).isEqualTo("dry-run");
    }
  }
}
