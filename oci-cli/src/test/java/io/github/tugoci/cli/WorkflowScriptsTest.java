package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.Program;
import io.github.tugoci.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts in .github/workflows, run as GitHub runs them. */
@DisabledOnOs(OS.WINDOWS)
class WorkflowScriptsTest {
  private static final Path WORKFLOWS = Path.of("../.github/workflows");
  private static final String CHART = "oci://ghcr.io/acme/charts/pytoya";
  private static final String IMAGES = "{\"api\":\"ghcr.io/acme/pytoya/api:1\"}";

  private final Path temp;

  WorkflowScriptsTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void theMachineGetsTheSignalAsItWasWritten() throws Exception {
    signal(CHART, "0.1.0-g1", IMAGES);

    assertThat(deploy().expectSuccess())
        .isEqualTo(
            "--chart\n%s\n--chart-version\n0.1.0-g1\n--images\n%s\n".formatted(CHART, IMAGES));
  }

  /** Which jobs' outputs do: GitHub drops one that contains a secret, such as the owner's name. */
  @Test
  void theSignalIsNoOutputOfAJob() throws Exception {
    assertThat(jobs("cicd.yml").values())
        .noneMatch(job -> DeployScene.map(job).containsKey("outputs"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0.1.0, '{}', chart_ref",
    "oci://ghcr.io/acme/charts/pytoya, '', '{}', chart_version",
    "oci://ghcr.io/acme/charts/pytoya, 0.1.0, '', images_json"
  })
  void whatIsMissingInASignalIsNamed(String chart, String version, String images, String missing)
      throws Exception {
    signal(chart, version, images);

    assertThat(deploy().expectExit(1).out())
        .isEqualTo(
            "::error title=Incomplete signal::the publish job handed over no " + missing + "\n");
  }

  @Test
  void aDeploymentHasMoreTimeThanThePolicyGivesIt() throws Exception {
    var policy = DeployScene.yaml(Files.readAllBytes(Path.of("../examples/pytoya/policy.yaml")));
    var deploy = DeployScene.map(jobs("cicd.yml").get("deploy"));

    assertThat(List.of(policy.get("maxTimeout"), policy.get("lockTimeout")))
        .isEqualTo(List.of("30m", "1m"));
    assertThat((Long) deploy.get("timeout-minutes")).isGreaterThan(30 + 1);
  }

  @ParameterizedTest
  @CsvSource({"v1.2.3, ''", "v1.2.3-rc.1, ' --prerelease'"})
  void aReleaseIsMadeAndItsTagSaysWhetherItIsAPrerelease(String tag, String option)
      throws Exception {
    assertThat(release(tag, false))
        .containsExactly(
            "release view " + tag,
            "release create %s --verify-tag --generate-notes%s a.tar.gz a.zip a.cdx.json SHA256SUMS"
                .formatted(tag, option));
  }

  @Test
  void aReleaseThatIsThereGetsItsFilesAgain() throws Exception {
    assertThat(release("v1.2.3", true))
        .containsExactly(
            "release view v1.2.3",
            "release upload v1.2.3 --clobber a.tar.gz a.zip a.cdx.json SHA256SUMS");
  }

  private void signal(String chart, String version, String images) throws Exception {
    bash(script("cicd.yml", "publish", "Write the signal"))
        .env("CHART_REF", chart)
        .env("CHART_VERSION", version)
        .env("IMAGES", images)
        .run()
        .expectSuccess();
  }

  private Program.Result deploy() throws Exception {
    var machine = executable("deploy-pytoya.sh", "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    return bash(script("cicd.yml", "deploy", "Signal")
            .replace("/home/github-runner/deploy-pytoya.sh", machine.toString()))
        .run();
  }

  /** What gh was asked, with the names of the files alone. */
  private List<String> release(String tag, boolean there) throws Exception {
    var calls = temp.resolve("calls");
    executable(
        "gh",
        "#!/bin/sh\necho \"$*\" >> '%s'\n[ \"$2\" != view ] || exit %d\n"
            .formatted(calls, there ? 0 : 1));
    var target = Files.createDirectories(temp.resolve("oci-cli/target"));
    for (var file : List.of("tug-a.tar.gz", "tug-a.zip", "tug-a.cdx.json", "SHA256SUMS")) {
      Files.writeString(target.resolve(file), "");
    }
    bash(script("release.yml", "release", "Make the release"))
        .env("PATH", temp + ":/usr/bin:/bin")
        .env("GITHUB_REF_NAME", tag)
        .run()
        .expectSuccess();
    return Files.readAllLines(calls).stream()
        .map(line -> line.replace("oci-cli/target/", "").replace("tug-", ""))
        .toList();
  }

  private Program bash(String script) throws IOException {
    var file = Files.writeString(temp.resolve("script.sh"), script);
    return Program.of("bash", "--noprofile", "--norc", "-eo", "pipefail", file.toString())
        .in(temp)
        .env("RUNNER_TEMP", temp.toString());
  }

  private Path executable(String name, String text) throws IOException {
    var file = Files.writeString(temp.resolve(name), text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private static Map<?, ?> jobs(String workflow) throws Exception {
    var document = Yaml.readAll(Files.readAllBytes(WORKFLOWS.resolve(workflow)), workflow).get(0);
    return DeployScene.map(DeployScene.map(document).get("jobs"));
  }

  private static List<?> steps(String workflow, String job) throws Exception {
    return DeployScene.map(jobs(workflow).get(job)).get("steps") instanceof List<?> steps
        ? steps
        : List.of();
  }

  private static String script(String workflow, String job, String name) throws Exception {
    for (var step : steps(workflow, job)) {
      if (name.equals(DeployScene.map(step).get("name"))) {
        return DeployScene.text(DeployScene.map(step), "run");
      }
    }
    throw new AssertionError("no step " + name + " in " + workflow);
  }
}
