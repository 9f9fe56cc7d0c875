package io.github.tugoci.cli;

import static io.github.tugoci.cli.FakeCluster.revision;
import static io.github.tugoci.cli.FakeCluster.secrets;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code tug deploy} makes of a release's state: deployed is what helm recorded as deployed.
 */
class DeployReleaseTest extends DeployScene {
  private static final String CHART = "hello-" + VERSION;
  private static final String CLEAR =
      "delete secret sh.helm.release.v1.hello.v2 --namespace apps --ignore-not-found";

  DeployReleaseTest(@TempDir Path folder) throws IOException {
    super(folder);
  }

  private void releaseFailedBefore() throws IOException {
    tools
        .answer(
            "before.secrets",
            secrets(
                revision("hello", 1, "deployed", CHART, "AA", "Install complete"),
                revision("hello", 2, "failed", CHART, "AB", "Upgrade failed: no table\nmore")))
        .answer("cleared.secrets", secrets(revision("hello", 1, "deployed", CHART, "AA", "done")));
  }

  @Test
  void aFailedReleaseIsRefusedWithTheWayBack() throws Exception {
    releaseFailedBefore();

    assertThat(deploy().failed(1).err())
        .contains("release hello in namespace apps is failed at revision 2; nothing was applied")
        .contains("  Upgrade failed: no table\n", "the last good one is revision 1 (" + CHART)
        .contains("kubectl delete secret --namespace apps sh.helm.release.v1.hello.v2\"");
    assertThat(FakeCluster.verbs(tools.calls("kubectl"))).doesNotContain("apply", "delete");
    assertThat(audit().get(0).requiredString("result")).isEqualTo("refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"policy", "option"})
  void aFailedRevisionIsClearedWhereThatIsAllowed(String by) throws Exception {
    releaseFailedBefore();
    policy(by.equals("policy") ? "onFailedRelease: clear\n" : "");

    var done = (by.equals("policy") ? deploy() : deploy("--clear-failed")).ok();

    assertThat(tools.calls("kubectl")).containsSubsequence(CLEAR, APPLY);
    assertThat(done.err()).contains("clearing revision 2", "Upgrade failed: no table");
  }

  @Test
  void aPolicyThatRefusesForbidsToClear() throws Exception {
    releaseFailedBefore();
    policy("onFailedRelease: refuse\n");

    deploy("--clear-failed").failed(2);
    deploy().failed(1);
    assertThat(tools.calls("kubectl")).doesNotContain(CLEAR);
  }

  @Test
  void aFirstInstallThatFailedIsClearedWhole() throws Exception {
    tools
        .answer("before.secrets", secrets(revision("hello", 1, "failed", CHART, "AB", "no")))
        .answer("cleared.secrets", secrets());

    assertThat(deploy().failed(1).err()).contains("no revision was ever deployed");
    deploy("--clear-failed").ok();
    assertThat(tools.calls("kubectl")).contains(CLEAR.replace("v2", "v1"));
  }

  @Test
  void aCompleteJobOfAFailedReleaseIsAFailure() throws Exception {
    tools
        .answer(
            "after.secrets",
            secrets(revision("hello", 2, "failed", CHART, "BB", "pre-upgrade hooks failed: x")))
        .answer(
            "after.log", "2026-01-02T03:04:05.6Z + helm upgrade\n2026-01-02T03:04:05.7Z Error: x");

    var failed = deploy().failed(1);

    assertThat(failed.err())
        .contains("release hello in namespace apps failed at revision 2")
        .contains("pre-upgrade hooks failed: x", "  Error: x\n")
        .doesNotContain("+ helm upgrade");
    assertThat(audit().get(0).requiredString("detail")).contains("pre-upgrade hooks failed: x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no new revision",
        "another version",
        "another hash",
        "still pending",
        "marked as failed",
        "the old job"
      })
  void aCompleteJobAloneIsNoDeployment(String but) throws Exception {
    policy("timeout: 1s\n");
    switch (but) {
      case "no new revision" -> tools.answer("after.secrets", tools.text("before.secrets"));
      case "another version" ->
          tools.answer(
              "after.secrets", secrets(revision("hello", 2, "deployed", "hello-9.9.9", "BB", "")));
      case "another hash" ->
          tools.answer("after.secrets", secrets(revision("hello", 2, "deployed", CHART, "CC", "")));
      case "still pending" ->
          tools.answer(
              "after.secrets", secrets(revision("hello", 2, "pending-upgrade", CHART, "BB", "")));
      case "marked as failed" ->
          tools.answer("after.chart", FakeCluster.chart("apps", "VALUES", "True"));
      default -> tools.answer("after.job", FakeCluster.job("newer", "AA", "Complete"));
    }

    var late = deploy().failed(6);

    assertThat(late.err()).containsAnyOf("wasn't deployed within 1s", "started no job");
    assertThat(audit().get(0).requiredString("result")).isEqualTo("failed");
  }

  @Test
  void aHelmChartThatSomebodyElseChangesMeanwhileIsNotOurs() throws Exception {
    tools.answer("after.chart", FakeCluster.chart("apps", "# another", "False"));

    assertThat(deploy().failed(1).err())
        .contains("HelmChart kube-system/hello was changed by another client");
  }

  @Test
  void aHelmChartOfAnotherNamespaceIsNotTakenOver() throws Exception {
    tools.answer("before.chart", FakeCluster.chart("elsewhere", "x", "False"));

    assertThat(deploy().failed(8).err())
        .contains("HelmChart kube-system/hello deploys into namespace elsewhere, not apps")
        .contains("release: hello-apps");
    assertThat(FakeCluster.verbs(tools.calls("kubectl"))).doesNotContain("apply");
  }

  @Test
  void aRollbackDeploysWhatTheAuditFileSays() throws Exception {
    push("hello", "0.2.0", host + "/acme/charts");
    assertThat(run.tug(rollback()).failed(3).err()).contains("names no version of release hello");
    deploy().ok();
    applied("0.2.0");
    deploy(
            "oci://HOST/acme/charts/hello",
            "0.2.0",
            "{\"api\":\"HOST/acme/app/api:1\",\"web\":\"HOST/acme/app/web:2\"}")
        .ok();
    applied(VERSION);

    var json = run.tug(rollback("--format=json")).ok().json();

    assertThat(json.requiredString("version")).isEqualTo(VERSION);
    assertThat(json.object("images").orElseThrow().object("api").orElseThrow().asMap())
        .containsEntry("digest", digest)
        .containsEntry("reference", host + "/acme/app/api:1@" + digest);
    assertThat(run.tug(rollback("--chart=x")).failed(2).err())
        .contains("can't be combined with --rollback");
  }

  private Object[] rollback(Object... more) {
    var words = new ArrayList<Object>();
    words.add("deploy");
    words.add("--rollback");
    words.add("--policy=" + folder.resolve("policy.yaml"));
    words.addAll(List.of(more));
    return words.toArray();
  }

  /** As the cluster is once that version comes out well. */
  private void applied(String version) throws IOException {
    tools.answer(
        "after.secrets", secrets(revision("hello", 3, "deployed", "hello-" + version, "CC", "")));
    tools.answer("after.job", FakeCluster.job("newest" + version, "CC", "Complete"));
    assertThat(tools.folder().resolve("applied").toFile().delete()).isTrue();
  }
}
