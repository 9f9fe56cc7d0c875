package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tug deploy}, with programs that record what they are told. */
class DeployTest extends DeployScene {
  /** Helm 3, in whose cluster the release comes out well. */
  private static final String HELM =
      """
      case "$1" in
        version) printf 'v3.22' ;;
        history)
          if [ -f "$folder/values" ]; then
            echo '[{"revision":1,"status":"deployed","chart":"hello-0.1.0-abc"}]'
          else
            echo 'Error: release: not found' >&2; exit 1
          fi ;;
        upgrade)
          cp "$4" "$folder/chart.tgz"; cp "$9" "$folder/values"; ls -l "$9" > "$folder/ls" ;;
      esac
      """;

  DeployTest(@TempDir Path folder) throws IOException {
    super(folder);
  }

  @Test
  void aHelmChartIsAppliedAndItsJobAndRolloutsAreAwaited() throws Exception {
    var json = deploy("--format=json").ok().json();

    var calls = tools.calls("kubectl");
    int apply = calls.indexOf(APPLY);
    var manifest = yaml(tools.input("kubectl", apply));
    assertThat(manifest.get("apiVersion")).isEqualTo("helm.cattle.io/v1");
    assertThat(manifest.get("kind")).isEqualTo("HelmChart");
    assertThat(manifest.get("metadata"))
        .isEqualTo(Map.of("name", "hello", "namespace", "kube-system"));
    assertThat(manifest).hasSize(4);
    var spec = map(manifest.get("spec"));
    assertThat(spec.keySet())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder(
            "chartContent",
            "targetNamespace",
            "createNamespace",
            "valuesContent",
            "timeout",
            "backOffLimit",
            "failurePolicy");
    assertThat(spec.get("failurePolicy")).isEqualTo("abort");
    assertThat(spec.get("targetNamespace")).isEqualTo("apps");
    assertThat(spec.get("timeout")).isEqualTo("1m0s");
    assertThat(yaml(text(spec, "valuesContent").getBytes(UTF_8))).isEqualTo(expectedValues());
    run.tug("chart", "pull", "oci://" + host + "/acme/charts/hello:" + VERSION, "-d", folder).ok();
    assertThat(Base64.getDecoder().decode(text(spec, "chartContent")))
        .isEqualTo(Files.readAllBytes(folder.resolve("hello-" + VERSION + ".tgz")));
    assertThat(calls)
        .filteredOn(call -> call.startsWith("rollout"))
        .singleElement()
        .asString()
        .startsWith("rollout status deployment/api --namespace apps --timeout=");
    assertThat(json.asMap())
        .containsEntry("release", "hello")
        .containsEntry("namespace", "apps")
        .containsEntry("version", VERSION)
        .containsEntry("method", "k3s")
        .containsEntry("applied", true)
        .doesNotContainKey("manifest");
    assertThat(json.object("images").orElseThrow().object("api").orElseThrow().asMap())
        .containsEntry("digest", digest);
    assertThat(audit()).hasSize(1);
    assertThat(audit().get(0).asMap())
        .containsEntry("result", "applied")
        .containsEntry("user", "runner")
        .containsEntry("digest", json.requiredString("digest"));
  }

  @Test
  void theJobOfTheRevisionBeforeIsNotTakenForTheNewOne() throws Exception {
    tools.answer("after.job", FakeCluster.job("old", "AA", "Complete"));
    policy("timeout: 1s\n");

    assertThat(deploy().failed(6).err())
        .contains("started no job for HelmChart kube-system/hello within 1s");
    assertThat(audit().get(0).requiredString("result")).isEqualTo("failed");
  }

  @Test
  void aFailedJobIsToldWithItsLog() throws Exception {
    tools
        .answer("after.job", FakeCluster.job("new", "BB", "Failed"))
        .answer("after.log", "2026-01-02T03:04:05.6Z Error: no such template");

    assertThat(deploy().failed(1).err())
        .contains("job helm-install-hello", "Error: no such template", "hint: ");
  }

  /** On a small machine kubectl takes seconds to begin. */
  @Test
  void theLogOfAFailedJobIsWaitedFor() throws Exception {
    tools
        .tool("kubectl", "case $1 in logs) sleep 3 ;; esac\n" + FakeCluster.KUBECTL)
        .answer("after.job", FakeCluster.job("new", "BB", "Failed"))
        .answer("after.log", "2026-01-02T03:04:05.6Z Error: no such template");

    assertThat(deploy().failed(1).err()).contains("Error: no such template");
  }

  @Test
  void aDryRunPrintsWhatItWouldApplyAndAppliesNothing() throws Exception {
    var manifest = yaml(deploy("--dry-run").ok().out().getBytes(UTF_8));
    var json = deploy("--dry-run", "--format=json").ok().json();

    assertThat(manifest.get("kind")).isEqualTo("HelmChart");
    assertThat(json.object("manifest").orElseThrow().requiredString("kind")).isEqualTo("HelmChart");
    assertThat(json.bool("applied")).hasValue(false);
    assertThat(tools.calls("kubectl")).isEmpty();
    assertThat(audit()).extracting(line -> line.requiredString("result")).containsOnly("dry-run");
  }

  @Test
  void aTagCanCarryItsDigest() throws Exception {
    policy("pinTags: true\n");

    var manifest = yaml(deploy("--dry-run").ok().out().getBytes(UTF_8));

    var spec = map(manifest.get("spec"));
    var values = yaml(text(spec, "valuesContent").getBytes(UTF_8));
    assertThat(map(values.get("web")).get("tag")).isEqualTo("2@" + digest);
    assertThat(map(values.get("api")).get("tag")).isEqualTo("1");
  }

  @Test
  void aKubectlThatFailsIsToldWithItsWords() throws Exception {
    tools.tool("kubectl", "case \"$1\" in apply) echo 'forbidden: no' >&2; exit 3 ;; esac\n");

    assertThat(deploy().failed(1).err())
        .contains("kubectl apply --server-side failed", "forbidden: no");
    assertThat(audit().get(0).requiredString("result")).isEqualTo("failed");
  }

  @Test
  void aKubectlThatHangsIsEnded() throws Exception {
    tools.tool(
        "kubectl",
        "case \"$1\" in apply) echo $$ > \"$folder/pid\"; echo waiting >&2; sleep 600 ;; esac\n");
    policy("timeout: 1s\n");

    assertThat(deploy().failed(6).err())
        .contains("kubectl apply --server-side didn't end within", "waiting");
    assertThat(ProcessHandle.of(Long.parseLong(tools.text("pid").strip())))
        .satisfies(process -> assertThat(process.filter(ProcessHandle::isAlive)).isEmpty());
  }

  @Test
  void withHelmTheChartsFileAndTheValuesAreHandedOver() throws Exception {
    tools.tool("helm", HELM);
    policy("method: helm\nmaxTimeout: 1h\n");

    deploy("--atomic", "--deploy-timeout=20m").ok();

    assertThat(tools.calls("helm"))
        .extracting(line -> line.split(" ", 2)[0])
        .containsExactly("version", "history", "upgrade", "history");
    var call = tools.calls("helm").get(2);
    assertThat(call)
        .startsWith("upgrade --install hello ")
        .contains("hello-" + VERSION + ".tgz --namespace apps --create-namespace -f ")
        .endsWith(" --wait --timeout 20m0s --atomic");
    assertThat(yaml(tools.text("values").getBytes(UTF_8))).isEqualTo(expectedValues());
    assertThat(tools.text("ls")).startsWith("-rw-------");
    assertThat(Path.of(call.split(" ", -1)[3])).doesNotExist();
    assertThat(tools.calls("kubectl")).isEmpty();
    assertThat(deploy("--dry-run").ok().out())
        .startsWith("# helm upgrade --install hello hello-" + VERSION + ".tgz --namespace apps");
    assertThat(deploy("--dry-run", "--format=json").ok().json().strings("command"))
        .contains("--wait");
  }

  @Test
  void theProgramIsTheOneThatThePolicyNames() throws Exception {
    tools.tool("k3s", "shift\n" + FakeCluster.KUBECTL.replace("kubectl.$call", "k3s.$call"));
    policy("kubectl: [k3s, kubectl]\n");

    deploy().ok();

    assertThat(tools.calls("kubectl")).isEmpty();
    assertThat(tools.calls("k3s")).contains("kubectl " + APPLY);
  }

  @Test
  void twoDontDeployAtOnce() throws Exception {
    policy("lockTimeout: 1s\n");
    try (var channel =
        FileChannel.open(
            folder.resolve("policy.yaml.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      assertThat(channel.lock()).isNotNull();

      assertThat(deploy().failed(1).err()).contains("another deployment is running");
      deploy("--dry-run").ok();
    }
    assertThat(tools.calls("kubectl")).isEmpty();
    deploy().ok();
  }
}
