package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.SampleCharts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code tug deploy} tells of a cluster that refuses, doesn't answer or doesn't get ready. */
class DeployClusterTest extends DeployScene {
  DeployClusterTest(@TempDir Path folder) throws IOException {
    super(folder);
  }

  @Test
  void allRightsAreAskedForAtOnceAndTheMissingOneIsNamed() throws Exception {
    tools.answer("before.rights", "get helmcharts true\npatch helmcharts false\n");

    assertThat(deploy().failed(4).err())
        .contains("the kubeconfig's user may not patch helmcharts.helm.cattle.io in namespace")
        .contains("runner-role.yaml");
    assertThat(FakeCluster.verbs(tools.calls("kubectl"))).containsExactly("create");
    assertThat(new String(tools.input("kubectl", 0), UTF_8))
        .contains("\"resource\":\"jobs\"", "\"name\":\"helm-install-hello\"")
        .contains("\"subresource\":\"log\"", "\"namespace\":\"apps\"")
        .doesNotContain("\"verb\":\"delete\"");
    deploy("--clear-failed").failed(4);
    assertThat(new String(tools.input("kubectl", 1), UTF_8)).contains("\"verb\":\"delete\"");
  }

  @Test
  void aRollOutThatIsntReadyNamesWorkloadPodsAndEvents() throws Exception {
    tools
        .answer("after.rollout", "error: timed out waiting for the condition")
        .answer(
            "after.pods",
            "{'items':[{'metadata':{'name':'api-x'},'status':{'containerStatuses':[{'name':'api',"
                + "'state':{'waiting':{'reason':'ImagePullBackOff','message':'Back-off pulling'}},"
                + "'lastState':{'terminated':{'exitCode':7,'reason':'Error'}}}],"
                + "'conditions':[{'type':'PodScheduled','status':'False',"
                + "'reason':'Unschedulable','message':'0/1 nodes'}]}}]}")
        .answer(
            "after.events",
            "{'items':[{'type':'Warning','reason':'FailedCreate','message':'quota',"
                + "'involvedObject':{'name':'api-5d'}},{'type':'Warning','reason':'Other',"
                + "'involvedObject':{'name':'db-0'}}]}");

    assertThat(deploy().failed(6).err())
        .contains("deployment/api in namespace apps wasn't ready within 1m0s")
        .contains("pod api-x, container api: ImagePullBackOff: Back-off pulling")
        .contains("pod api-x, container api: exit code 7, Error")
        .contains("pod api-x: Unschedulable: 0/1 nodes", "event: FailedCreate: quota")
        .doesNotContain("Other");
    assertThat(tools.calls("kubectl"))
        .contains("get pods --namespace apps -o json --selector=app=hello,part=api");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or"
            + " port?|6|Kubernetes API server unreachable: The connection",
        "Unable to connect to the server: dial tcp: lookup k8s: no such host|6|Kubernetes API"
            + " server unreachable: Unable",
        "Unable to connect to the server: tls: failed to verify certificate: x509: certificate"
            + " signed by unknown authority|6|Kubernetes API server not trusted: Unable",
        "error: You must be logged in to the server (Unauthorized)|4|Kubernetes API server doesn't"
            + " accept the kubeconfig's credential: error",
        "error: error loading config file \"/c\": yaml: line 2|2|invalid kubeconfig: error",
        "Error from server (Forbidden): helmcharts is forbidden: User \"x\" cannot"
            + " list|4|kubectl create -f failed: Error from server (Forbidden)",
        "Error from server (ServiceUnavailable): apiserver is shutting down|6|kubectl create -f"
            + " failed: Error",
        "Error from server (Invalid): spec is wrong|1|kubectl create -f failed with"
            + " exit code 1: Error",
      })
  void whatKubectlCantDoIsALineOfItsKind(String says, int exit, String told) throws Exception {
    tools.answer("says", "").tool("kubectl", "cat \"$folder/words\" >&2; exit 1\n");
    Files.writeString(
        tools.folder().resolve("words"),
        "E1128 15:00:00.123456   42 memcache.go:265] \"Unhandled Error\" err=\"couldn't get\"\n"
            + "E1128 15:00:01.123456   42 memcache.go:265] \"Unhandled Error\" err=\"couldn't"
            + " get\"\n"
            + says
            + "\n");

    var failed = deploy().failed(exit);

    assertThat(failed.err()).startsWith("tug: " + told).doesNotContain("memcache");
    assertThat(failed.err().lines().filter(line -> !line.contains("hint: "))).hasSize(1);
    assertThat(audit().get(0).requiredString("error")).startsWith(told);
  }

  @Test
  void tabsOfAProgramAreSpaces() throws Exception {
    tools.tool("helm", "printf 'Error: a\\tb\\n' >&2; exit 1\n");
    policy("method: helm\n");

    assertThat(deploy().failed(1).err()).contains("Error: a  b").doesNotContain("?");
  }

  @Test
  void auditAndLockAreTheOwnersAlone() throws Exception {
    Files.writeString(folder.resolve("policy.yaml.audit.jsonl"), "");
    Files.setPosixFilePermissions(
        folder.resolve("policy.yaml.audit.jsonl"), PosixFilePermissions.fromString("rw-r--r--"));

    deploy().ok();

    for (var file : List.of("policy.yaml.audit.jsonl", "policy.yaml.lock")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
          .as(file)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void theAuditKnowsTheUserWithoutAVariable() throws Exception {
    run.variable("USER", "");

    deploy("--dry-run").ok();

    var owner = Files.getOwner(folder.resolve("policy.yaml.audit.jsonl")).getName();
    assertThat(audit().get(0).requiredString("user")).isEqualTo(owner).isNotEmpty();
  }

  @Test
  void aChartThatHelmCouldntKeepIsRefusedThoughItFitsTheHelmChart() throws Exception {
    var chart = SampleCharts.write(folder.resolve("large"), "hello", "8.0.0");
    var noise = new byte[782_000];
    new Random(1).nextBytes(noise);
    Files.write(chart.resolve("noise"), noise);
    run.tug("chart", "push", chart, "oci://" + host + "/acme/charts").ok();

    for (var method : List.of("k3s", "helm")) {
      policy("method: " + method + "\n");
      assertThat(
              deploy("oci://HOST/acme/charts/hello", "8.0.0", "{\"api\":\"HOST/acme/app/api:1\"}")
                  .failed(5)
                  .err())
          .contains("the chart is too large for helm");
    }
    assertThat(tools.calls("kubectl")).isEmpty();
  }

  @Test
  void timesAreWrittenAsGoWritesThem() throws Exception {
    for (var time : Map.of("90m", "1h30m0s", "45s", "45s", "3h", "3h0m0s").entrySet()) {
      policy("timeout: " + time.getKey() + "\n");
      assertThat(deploy("--dry-run").ok().out()).contains("timeout: " + time.getValue() + "\n");
    }
  }

  @Test
  void aReleaseWhoseJobWouldHaveTooLongANameIsRefused() throws Exception {
    write(
        Files.readString(folder.resolve("policy.yaml"))
            .replace("release: hello", "release: " + "a".repeat(51)));

    assertThat(deploy().failed(2).err()).contains("release must be a DNS label of at most 50");
  }
}
