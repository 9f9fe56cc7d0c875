package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.HelmOracle;
import io.github.tugoci.fixture.Program;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.fixture.SimulatedGhcr;
import io.github.tugoci.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code examples/pytoya} as its README has it: the job publishes to GHCR with its token, hands
 * three outputs over, and the runner deploys with a token that can only read.
 */
class PytoyaIT {
  private static final Path PYTOYA = Path.of("../examples/pytoya").toAbsolutePath().normalize();
  private static final String TAG = "012345678901";
  private static final String VERSION = "0.1.0-g" + TAG;
  private static final String IMAGES = "ghcr.io/acme/pytoya/";

  /** What this test's own environment must not bring in. */
  private static final List<String> OTHERS =
      List.of(
          "https_proxy",
          "NO_PROXY",
          "no_proxy",
          "DOCKER_CONFIG",
          "XDG_CACHE_HOME",
          "TUG",
          "XDG_RUNTIME_DIR",
          "DEPLOY_TIMEOUT",
          "DEPLOY_ATOMIC",
          "PYTOYA_POLICY",
          "CHART_ID");

  @AutoClose private final SimulatedGhcr ghcr = SimulatedGhcr.start();
  private final Path folder;
  private final Path home;
  private final RecordedTools tools;

  PytoyaIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.home = Files.createDirectory(folder.resolve("home"));
    this.tools =
        FakeCluster.install(
            RecordedTools.in(folder.resolve("bin")), "pytoya", "pytoya", "pytoya-" + VERSION);
    // The scripts name no authority; the real GHCR's is in every JVM.
    var launcher = Path.of("target", "tug", "bin", "tug").toAbsolutePath();
    var tug = tools.folder().resolve("tug");
    Files.writeString(
        tug, "#!/bin/sh\nexec '%s' \"$@\" --ca-file '%s'\n".formatted(launcher, ghcr.authority()));
    assertThat(tug.toFile().setExecutable(true)).isTrue();
    ghcr.user("bob", "ghp_reader", "acme/(charts/pytoya|pytoya/.*)", "pull");
  }

  /** A program of somebody who has nothing but a way to GHCR and the tools. */
  private Program program(Path program, String... args) {
    var result =
        Program.of(program.toString())
            .with(args)
            .in(folder)
            .env("HOME", home.toString())
            .env("PATH", tools.folder() + ":/usr/bin:/bin")
            .env("TUG_JAVA_HOME", System.getProperty("java.home"))
            .env("HTTPS_PROXY", ghcr.proxy());
    OTHERS.forEach(name -> result.env(name, null));
    return result;
  }

  private Program tug(String... args) {
    return program(tools.folder().resolve("tug"), args);
  }

  /** The job of .github/workflows/cicd.yml. */
  private String publish(Path outputs, String key) throws Exception {
    return program(PYTOYA.resolve("publish.sh"))
        .env("HOME", folder.resolve("job").toString())
        .env("SIGNING_KEY", key)
        .env("COSIGN_PASSWORD", "pw")
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_REPOSITORY", "Acme/Pytoya-App")
        .env("GITHUB_REPOSITORY_OWNER", "Acme")
        .env("GHCR_OWNER", "Acme")
        .env("GITHUB_SHA", TAG + "f".repeat(28))
        .env("GITHUB_OUTPUT", outputs.toString())
        .env("GITHUB_STEP_SUMMARY", folder.resolve("summary").toString())
        .env("GHCR_USERNAME", SimulatedGhcr.USER)
        .env("GHCR_TOKEN", SimulatedGhcr.SECRET)
        .env("PYTOYA_BASE", "ghcr.io/acme/base:1")
        .run()
        .expectSuccess();
  }

  private static Map<String, String> read(Path outputs) throws IOException {
    var values = new LinkedHashMap<String, String>();
    for (var line : Files.readAllLines(outputs)) {
      var parts = line.split("=", 2);
      values.put(parts[0], parts[1]);
    }
    return values;
  }

  @Test
  void whatTheJobPublishesIsWhatTheClusterIsToldToRun() throws Exception {
    var base = SampleImages.in(folder.resolve("images")).image("base", 2000);
    pushAs(base.reference("base"), "ghcr.io/acme/base:1");

    assertThat(publish(folder.resolve("first"), "")).endsWith(" (3 pushed)\n");
    ghcr.reset();
    assertThat(publish(folder.resolve("outputs"), "")).endsWith(" (3 present)\n");
    assertThat(ghcr.requests()).noneMatch(request -> request.matches("(PUT|POST|PATCH) .*"));

    var outputs = read(folder.resolve("outputs"));
    assertThat(outputs).isEqualTo(read(folder.resolve("first")));
    assertThat(outputs)
        .containsEntry("chart_ref", "oci://ghcr.io/acme/charts/pytoya")
        .containsEntry("chart_version", VERSION)
        .containsEntry(
            "images_json",
            "{\"api\":\"%1$sapi:%2$s\",\"web\":\"%1$sweb:%2$s\"}".formatted(IMAGES, TAG));
    assertThat(folder.resolve("summary")).content().contains("| pytoya | present |");

    prepareTheRunner();
    deploy(outputs);

    int apply = tools.calls("kubectl").indexOf(DeployScene.APPLY);
    var spec = DeployScene.map(DeployScene.yaml(tools.input("kubectl", apply)).get("spec"));
    assertThat(Base64.getDecoder().decode(DeployScene.text(spec, "chartContent")))
        .isEqualTo(Files.readAllBytes(packaged()));
    var applied = DeployScene.text(spec, "valuesContent");
    var values = DeployScene.yaml(applied.getBytes(UTF_8));
    assertThat(values.get("api"))
        .isEqualTo(
            Map.of(
                "image",
                "acme/pytoya/api",
                "tag",
                TAG,
                "digest",
                outputs.get("api_digest"),
                "replicas",
                2L));
    assertThat(values.get("global"))
        .isEqualTo(Map.of("imagePullSecrets", List.of("ghcr-pull"), "imageRegistry", "ghcr.io"));

    var api = IMAGES + "api@" + outputs.get("api_digest");
    assertThat(rendered(applied))
        .containsOnly(
            Map.entry("Deployment api", api),
            Map.entry("Deployment web", IMAGES + "web@" + outputs.get("web_digest")),
            Map.entry("Deployment worker", api));
  }

  @Test
  void whatTheJobSignedIsDeployedAndWhatSomebodyElsePushedIsNot() throws Exception {
    var others = SampleImages.in(folder.resolve("images")).image("base", 2000).image("evil", 99);
    pushAs(others.reference("base"), "ghcr.io/acme/base:1");
    generate("pytoya");
    publish(folder.resolve("unsigned"), "");
    prepareTheRunner();
    var policy = home.resolve("pytoya.policy.yaml");
    Files.writeString(
        policy, Files.readString(policy) + "\nsignatures:\n  all: {keys: [pytoya.pub]}\n");
    var outputs = read(folder.resolve("unsigned"));
    assertThat(script(outputs).run().expectExit(5).err())
        .contains("no valid signature of ghcr.io/acme/pytoya/api@" + outputs.get("api_digest"));

    publish(folder.resolve("signed"), Files.readString(home.resolve("pytoya.key")));
    deploy(read(folder.resolve("signed")));
    assertThat(home.resolve("pytoya.audit.jsonl")).content().contains("pytoya.pub sha256:");

    int applied = tools.calls("kubectl").size();
    pushAs(others.reference("evil"), IMAGES + "api:" + TAG);
    assertThat(script(outputs).run().expectExit(5).err())
        .contains("@" + others.descriptor("evil").digest() + " by pytoya.pub: none found");
    generate("somebody");
    sign(IMAGES + "api:" + TAG, "somebody.key");
    assertThat(script(outputs).run().expectExit(5).err())
        .contains("@" + others.descriptor("evil").digest() + " by pytoya.pub\n")
        .contains("it is signed by none of the keys");
    assertThat(tools.calls("kubectl")).hasSize(applied);
  }

  private void generate(String name) throws Exception {
    program(Path.of("target", "tug", "bin", "tug").toAbsolutePath(), "key", "generate")
        .with("--output-key-prefix", home.resolve(name).toString())
        .env("COSIGN_PASSWORD", "pw")
        .run()
        .expectSuccess();
  }

  /** Somebody whose token may push, and who has a key. */
  private void sign(String reference, String key) throws Exception {
    tug("sign", reference, "--key", home.resolve(key).toString())
        .env("HOME", folder.resolve("job").toString())
        .env("COSIGN_PASSWORD", "pw")
        .env("GHCR_USERNAME", SimulatedGhcr.USER)
        .env("GHCR_TOKEN", SimulatedGhcr.SECRET)
        .run()
        .expectSuccess();
  }

  /** Somebody whose token may push. */
  private void pushAs(String image, String reference) throws Exception {
    tug("copy", image, reference)
        .env("HOME", folder.resolve("job").toString())
        .env("GHCR_USERNAME", SimulatedGhcr.USER)
        .env("GHCR_TOKEN", SimulatedGhcr.SECRET)
        .run()
        .expectSuccess();
  }

  @Test
  void aFirstDryRunNeedsNeitherTheBaseNorALogin() throws Exception {
    var planned =
        program(PYTOYA.resolve("publish.sh"), "--owner", "acme", "--tag", "1", "--dry-run")
            .env("CHART_ID", "shop")
            .env("PYTOYA_BASE", "127.0.0.1:1/no/base:1")
            .run();

    assertThat(planned.expectSuccess())
        .contains("ghcr.io/acme/charts/shop", "ghcr.io/acme/shop/api", "(3 to push)");
    assertThat(planned.err())
        .contains(
            "127.0.0.1:1/no/base:1 can't be read, so this dry run's images lack it",
            "ghcr.io answers nothing without a login");
    assertThat(ghcr.requests()).noneMatch(request -> request.matches("(PUT|POST|PATCH) .*"));
  }

  /** "The machine that deploys" and its credential, as the README says it. */
  private void prepareTheRunner() throws Exception {
    Files.copy(PYTOYA.resolve("policy.yaml"), home.resolve("pytoya.policy.yaml"));
    Files.copy(PYTOYA.resolve("pytoya.values.yaml"), home.resolve("pytoya.values.yaml"));
    Files.copy(PYTOYA.resolve("deploy-pytoya.sh"), home.resolve("deploy-pytoya.sh"));
    tug("login", "ghcr.io", "-u", "bob", "--password-stdin")
        .input("ghp_reader\n")
        .run()
        .expectSuccess();
    var secret =
        tug("k8s", "pull-secret", "ghcr.io", "--namespace", "pytoya", "--name", "ghcr-pull")
            .run()
            .expectSuccess();
    pulledWith(DeployScene.yaml(secret.getBytes(UTF_8)));
  }

  /** What the kubelet does with the Secret: it reads the Docker config in it, and pulls. */
  private void pulledWith(Map<?, ?> secret) throws Exception {
    assertThat(secret.get("metadata"))
        .isEqualTo(Map.of("name", "ghcr-pull", "namespace", "pytoya"));
    assertThat(secret.get("type")).isEqualTo("kubernetes.io/dockerconfigjson");
    var data = DeployScene.text(DeployScene.map(secret.get("data")), ".dockerconfigjson");
    var config = folder.resolve("secret.json");
    Files.write(config, Base64.getDecoder().decode(data));

    var stranger = Files.createDirectory(folder.resolve("stranger"));
    var image = IMAGES + "api:" + TAG;
    var target = "oci:" + folder.resolve("node") + ":1";
    var unknown = tug("image", "pull", image, target).env("HOME", stranger.toString()).run();
    unknown.expectExit(4);
    tug("image", "pull", image, target, "--registry-config", config.toString())
        .env("HOME", stranger.toString())
        .run()
        .expectSuccess();
    assertThat(folder.resolve("node/index.json")).isNotEmptyFile();
  }

  /** The runner's script for what a job handed over. */
  private Program script(Map<String, String> outputs) {
    return program(home.resolve("deploy-pytoya.sh"))
        .with("--chart", DeployScene.text(outputs, "chart_ref"))
        .with("--chart-version", DeployScene.text(outputs, "chart_version"))
        .with("--images", DeployScene.text(outputs, "images_json"));
  }

  private void deploy(Map<String, String> outputs) throws Exception {
    script(outputs).run().expectSuccess();
    assertThat(home.resolve("pytoya.audit.jsonl")).content().contains("\"applied\"");
  }

  /** The chart as its source gives it, under the version that was published. */
  private Path packaged() throws Exception {
    tug("chart", "package", PYTOYA.resolve("helm/pytoya").toString(), "-d", folder.toString())
        .with("--version", VERSION, "--app-version", TAG)
        .run()
        .expectSuccess();
    return folder.resolve("pytoya-" + VERSION + ".tgz");
  }

  /** The image of each container that Helm makes of the values, by what it is in; without hooks. */
  private Map<String, String> rendered(String values) throws Exception {
    var file = Files.writeString(folder.resolve("values.yaml"), values);
    var text = HelmOracle.template(PYTOYA.resolve("helm/pytoya"), file, Map.of());
    var images = new LinkedHashMap<String, String>();
    for (var document : Yaml.readAll(text.getBytes(UTF_8), "rendered")) {
      var object = DeployScene.map(document);
      if ("Service".equals(object.get("kind"))) {
        continue;
      }
      var template = DeployScene.map(DeployScene.map(object.get("spec")).get("template"));
      var pod = DeployScene.map(template.get("spec"));
      assertThat(pod.get("imagePullSecrets")).isEqualTo(List.of(Map.of("name", "ghcr-pull")));
      for (var container : new ArrayList<>((List<?>) pod.get("containers"))) {
        images.put(
            object.get("kind") + " " + DeployScene.map(container).get("name"),
            DeployScene.text(DeployScene.map(container), "image"));
      }
    }
    return images;
  }
}
