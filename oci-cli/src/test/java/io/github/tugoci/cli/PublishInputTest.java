package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code tug publish} refuses, before anything is sent. */
class PublishInputTest {
  @AutoClose private final PublishSite site;

  PublishInputTest(@TempDir Path folder) throws IOException {
    site = new PublishSite(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "api | missing '='",
        "Api=oci:x | invalid key \"Api\"",
        "a b=oci:x | invalid key \"a b\"",
        "=oci:x | invalid key \"\"",
        "chart=oci:x | the key chart is reserved",
        "api=ghcr.io/acme/api | missing tag or digest",
        "api=ghcr.io/acme/api:1,a=b | has ',' in a tag",
        "api=b=oci:x | no registry host",
        "api= | no registry host",
        "api=oci: | missing path",
      })
  void aMalformedImageIsToldWithTheReason(String image, String reason) throws Exception {
    assertThat(site.publish(site.job(), "--image", image, "--chart", site.chart).failed(2).err())
        .contains(reason);
    assertThat(site.requests).isEmpty();
  }

  @Test
  void whatCantBeMeantIsRefusedBeforeAnythingIsSent() throws Exception {
    var api = "api=" + site.images.reference("api");

    assertThat(site.publish(site.job()).failed(2).err()).contains("nothing to publish", "--image");
    assertThat(site.publish(site.job(), "--image", api, "--image", api).failed(2).err())
        .contains("duplicate --image api");
    assertThat(
            site.publish(site.job(), "--image", "api=ghcr.io/a/b:1\n::set-output").failed(2).err())
        .contains("in a tag")
        .doesNotContain("\n::set-output");
    assertThat(site.publish(site.job(), "--image", api, "--tag=a,b").failed(2).err())
        .contains("invalid tag");
    assertThat(site.publish(site.job(), "--image", api, "--repository=Shop").failed(2).err())
        .contains("write shop");
    assertThat(site.publish(site.job(), "--image", api, "--owner=a:b").failed(2).err())
        .contains("in a tag");
    assertThat(
            site.publish(
                    site.job(),
                    "--image",
                    "shop=" + site.images.reference("api"),
                    "--chart",
                    site.chart,
                    "--charts-repository=shop")
                .failed(2)
                .err())
        .contains("two items have the repository");
    assertThat(site.publish(site.job(), "--chart", site.chart, "--chart-version=x").failed(2).err())
        .contains("version");
    assertThat(
            site.publish(site.job(), "--chart", site.chart, "--tag=" + "a".repeat(128))
                .failed(2)
                .err())
        .contains("at most 128");
    site.publish(site.job(), "--chart", site.folder.resolve("none")).failed(3);
    site.publish(site.job(), "--chart", site.images.layout()).failed(2);
    site.publish(site.job(), "--image", "api=oci:" + site.folder.resolve("none")).failed(3);
    assertThat(site.requests).isEmpty();
  }

  @Test
  void aChartIsNoImage() throws Exception {
    site.publish(site.job(), "--chart", site.chart, "--chart-version=1.0.0").ok();

    var image = "api=" + site.registry.host() + "/acme/charts/shop:1.0.0";
    assertThat(site.publish(site.job(), "--image", image).failed(2).err())
        .contains("is a Helm chart, not an image");
  }

  @Test
  void whatIsMissingIsToldWithItsOptionAndItsVariable() throws Exception {
    var image = "--image=api=" + site.images.reference("api");

    assertThat(site.publish(site.person(), image).failed(2).err())
        .contains("missing tag", "add --tag, or set GITHUB_SHA");
    assertThat(site.publish(site.person(), image, "--tag=1").failed(2).err())
        .contains("missing owner", "add --owner, or set GHCR_OWNER");
    assertThat(site.publish(site.person(), image, "--tag=1", "--owner=a").failed(2).err())
        .contains("missing repository", "add --repository, or set GITHUB_REPOSITORY");
    site.publish(site.job().variable("GHCR_OWNER", "other"), image).ok();
    site.resolve("other/shop-app/api:" + PublishSite.TAG).ok();
  }

  @Test
  void filesThatCantBeWrittenStopItBeforeAnythingIsSent() throws Exception {
    site.publish(site.job().variable("GITHUB_OUTPUT", site.folder + "/no/such"), site.release())
        .failed(3);

    assertThat(site.requests).isEmpty();
  }

  /** Who opens a pipe waits for a reader. */
  @ParameterizedTest
  @ValueSource(strings = {"GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"})
  @DisabledOnOs(OS.WINDOWS)
  @Timeout(30)
  void aPipeForTheResultsStopsItBeforeAnythingIsSent(String variable) throws Exception {
    var pipe = site.folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    var job = site.job().variable(variable, pipe.toString());
    assertThat(site.publish(job, site.release()).failed(2).err())
        .contains(
            "tug: invalid environment variable " + variable + ": " + pipe + ": a pipe, not a file",
            "hint: set it to the name of a file");
    job.variable(variable, site.folder.toString());
    assertThat(site.publish(job, site.release()).failed(2).err()).contains("a directory, not a");
    assertThat(site.requests).isEmpty();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void resultsMayBeThrownAway() throws Exception {
    site.publish(site.job().variable("GITHUB_OUTPUT", "/dev/null"), site.release()).ok();
  }
}
