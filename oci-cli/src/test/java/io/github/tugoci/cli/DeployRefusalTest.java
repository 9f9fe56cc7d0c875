package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.SampleCharts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code tug deploy} refuses before it touches anything. */
class DeployRefusalTest extends DeployScene {
  DeployRefusalTest(@TempDir Path folder) throws IOException {
    super(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "oci://HOST/evil/charts/hello|0.1.0-abc|{}|2|the policy allows",
        "oci://HOST/acme/charts/hello/x|0.1.0-abc|{}|2|the policy allows",
        "oci://HOST/acme/charts/hello:1|0.1.0-abc|{}|2|it has a tag",
        "oci://HOST/acme/charts/hello|latest|{}|2|not a semantic version",
        "oci://HOST/acme/charts/hello|@/etc/passwd|{}|2|not a semantic version",
        "oci://HOST/acme/charts/hello|0.1.0-abc|{}|2|missing api",
        "oci://HOST/acme/charts/hello|0.1.0-abc|[]|2|not a JSON object",
        "oci://HOST/acme/charts/hello|0.1.0-abc|{\"api\":1}|2|must be a string",
        "oci://HOST/acme/charts/hello|0.1.0-abc|{\"ap\":\"x\"}|2|did you mean api?",
        "oci://HOST/acme/charts/hello|0.1.0-abc|{\"api\":\"HOST/acme/app/api:1\",\"api\":\"HOST/acme/app/api:2\"}|2|Duplicate",
        "oci://HOST/acme/charts/hello|0.1.0-abc|{\"api\":\"HOST/acme/app/api:1,api.x=y\"}|2|has ','"
            + " in a tag",
        "oci://HOST/acme/charts/hello|0.1.0-abc|{\"api\":\"HOST/acme/app/api:1\\n\"}|2|in a tag",
        "oci://HOST/acme/charts/hello|0.1.0-abc|{\"api\":\"HOST/acme/app/api\"}|2|missing tag or"
            + " digest",
        "oci://HOST/acme/charts/hello|0.1.0-abc|{\"api\":\"HOST/acme/app/web:2\"}|2|not allowed"
            + " from",
        "oci://HOST/acme/charts/hello|0.1.0-abc|{\"api\":\"HOST/acme/app/api:none\"}|3|not found",
        "oci://HOST/acme/charts/hello|9.9.9|{\"api\":\"HOST/acme/app/api:1\"}|3|not found",
      })
  void whatIsNotAllowedOrNotThereTouchesNothing(
      String chart, String version, String images, int exit, String says) throws Exception {
    var failed = deploy(chart, version, images).failed(exit);

    assertThat(failed.err()).contains(says);
    assertThat(tools.calls("kubectl")).isEmpty();
    assertThat(audit())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.requiredString("result")).isEqualTo("refused");
              assertThat(failed.err()).contains(line.requiredString("error"));
            });
  }

  @Test
  void aHundredKilobytesOfImagesAreRefusedUnread() throws Exception {
    assertThat(
            deploy("oci://HOST/acme/charts/hello", VERSION, "{" + " ".repeat(100_000) + "}")
                .failed(2)
                .err())
        .contains("over the limit of 8192");
    assertThat(tools.calls("kubectl")).isEmpty();
  }

  @Test
  void aDigestThatIsntThereOrIsntTheTagsIsRefused() throws Exception {
    var none = "sha256:" + "0".repeat(64);
    deploy("oci://HOST/acme/charts/hello", VERSION, "{\"api\":\"HOST/acme/app/api@" + none + "\"}")
        .failed(3);
    deploy(
            "oci://HOST/acme/charts/hello",
            VERSION,
            "{\"api\":\"HOST/acme/app/api:1@" + none + "\"}")
        .failed(5);
    deploy("oci://HOST/acme/charts/hello@" + none, VERSION, "{\"api\":\"HOST/acme/app/api:1\"}")
        .failed(5);
    assertThat(tools.calls("kubectl")).isEmpty();
  }

  @Test
  void aChartThatIsAnotherThanItsRepositorySaysIsRefused() throws Exception {
    var other = SampleCharts.write(folder.resolve("other"), "hello", "6.6.6");
    run.tug("chart", "push", other, "oci://" + host + "/acme/charts").ok();
    run.tug("tag", host + "/acme/charts/hello:6.6.6", "7.7.7").ok();

    assertThat(
            deploy("oci://HOST/acme/charts/hello", "7.7.7", "{\"api\":\"HOST/acme/app/api:1\"}")
                .failed(5)
                .err())
        .contains("holds the chart hello 6.6.6");
    assertThat(tools.calls("kubectl")).isEmpty();
  }

  @Test
  void anImageByDigestAloneGoesWhereDigestsGo() throws Exception {
    var json =
        deploy(
                "oci://HOST/acme/charts/hello",
                VERSION,
                "{\"api\":\"HOST/acme/app/api@" + digest + "\"}",
                "--dry-run")
            .failed(2);

    // The worker, for which the API stands, has a place for a tag alone.
    assertThat(json.err()).contains("no place for the digest of ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "relaese: x|unknown key relaese|did you mean release?",
        "release: x|duplicate key release|",
        "timeout: soon|timeout must be a time|",
        "timeout: 600|timeout must be a string|",
        "method: docker|method must be k3s or helm|",
        "createNamespace: 1|createNamespace must be true or false|",
        "backOffLimit: many|backOffLimit must be a number|",
        "backOffLimit: -1|backOffLimit must be 0 to 1000|",
        "chartNamespace: Kube|chartNamespace must be a DNS label|",
        "maxTimeout: 1s|maxTimeout is less than timeout|",
        "kubectl: k3s|kubectl must be a list|",
        "kubectl: [1]|kubectl must hold strings|",
        "pinTags:|pinTags must be true or false|",
        "---|more than one document|",
        "x: [|invalid YAML|",
      })
  void aPolicyWithAMistakeDeploysNothing(String line, String says, String hint) throws Exception {
    policy(line + "\n" + (line.equals("---") ? "a: b\n" : ""));

    assertThat(deploy().failed(2).err()).contains(says).contains(hint == null ? "" : hint);
    assertThat(tools.calls("kubectl")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tag: api.tag|tga: api.tag|unknown key images.api.values.tga",
        "tag: api.tag|tag: api..tag|images.api.values.tag must be a path",
        "fallback: api|fallback: apj|must be an image that stands above worker",
        "fallback: api|required: true|images.worker.repository is missing",
        "fallback: api|required: true\\n    fallback: api|can't be combined with required",
        "HOST/acme/charts/hello|HOST/acme/charts/hello:1|chart must be a repository",
        "HOST/acme/charts/hello|HOST/Acme|chart must be a repository",
        "web.image|api.image|into api.image",
        "web.image|replicas.image|replicas is not a map",
        "release: hello||release is missing",
      })
  void aPolicyIsReadToItsLeaves(String from, String to, String says) throws Exception {
    var file = folder.resolve("policy.yaml");
    write(
        Files.readString(file)
            .replace(host, "HOST")
            .replaceFirst(Pattern.quote(from), to == null ? "" : to.replace("\\n", "\n")));

    assertThat(deploy().failed(2).err()).contains(says);
    assertThat(tools.calls("kubectl")).isEmpty();
  }

  @Test
  void aMissingOrOddValuesFileIsTold() throws Exception {
    Files.writeString(folder.resolve("values.yaml"), "[1]");
    assertThat(deploy().failed(2).err()).contains("invalid values file: ");
    Files.writeString(folder.resolve("values.yaml"), "a: [");
    assertThat(deploy().failed(2).err()).contains("invalid YAML");
    Files.delete(folder.resolve("values.yaml"));
    assertThat(deploy().failed(2).err()).contains("values file not found");
    assertThat(tools.calls("kubectl")).isEmpty();
  }

  @Test
  void aPolicyThatOthersMayWriteIsWarnedOf() throws Exception {
    Files.setPosixFilePermissions(
        folder.resolve("policy.yaml"), PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThat(deploy("--dry-run").ok().err()).contains("others may write", "chmod go-w");
  }

  @Test
  void aChartTooLargeForAHelmChartIsRefusedBefore() throws Exception {
    var chart = SampleCharts.write(folder.resolve("large"), "hello", "2.0.0");
    var noise = new byte[800_000];
    new Random(1).nextBytes(noise);
    Files.write(chart.resolve("noise.bin"), noise);
    run.tug("chart", "push", chart, "oci://" + host + "/acme/charts").ok();

    assertThat(
            deploy("oci://HOST/acme/charts/hello", "2.0.0", "{\"api\":\"HOST/acme/app/api:1\"}")
                .failed(5)
                .err())
        .contains("over the limit of 1048576 of a HelmChart");
    assertThat(tools.calls("kubectl")).isEmpty();
  }

  @Test
  void whoAsksStaysWithinThePolicy() throws Exception {
    assertThat(deploy("--atomic").failed(2).err()).contains("--atomic not allowed");
    assertThat(deploy("--deploy-timeout=11m").failed(2).err())
        .contains("over the policy's limit of 60 s");
    assertThat(deploy("--deploy-timeout=x").failed(2).err()).contains("invalid --deploy-timeout");
    Files.delete(tools.folder().resolve("kubectl"));
    assertThat(deploy().failed(1).err()).contains("kubectl or k3s not found on the PATH");
  }
}
