package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.Fault;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code tug publish} as a job runs it. */
class PublishTest {
  @AutoClose private final PublishSite site;

  PublishTest(@TempDir Path folder) throws IOException {
    site = new PublishSite(folder);
  }

  @Test
  void aJobNeedsToNameOnlyItsImagesAndItsChart() throws Exception {
    var published = site.publish(site.job(), site.release("--format=json")).ok();

    var apiName = site.registry.host() + "/acme/shop/api";
    var webName = site.registry.host() + "/acme/shop/web";
    var apiDigest = site.images.descriptor("api").digest().toString();
    var webDigest = site.images.descriptor("web").digest().toString();
    var version = "0.1.0-" + PublishSite.TAG;
    var chartDigest = site.resolve("acme/charts/shop:" + version).ok().out().strip();
    assertThat(site.resolve("acme/shop/api:" + PublishSite.TAG).ok().out().strip())
        .isEqualTo(apiDigest);
    assertThat(site.resolve("acme/shop/web:" + PublishSite.TAG).ok().out().strip())
        .isEqualTo(webDigest);
    assertThat(published.err()).contains("owner Acme: using acme");

    assertThat(site.outputs())
        .containsExactly(
            Map.entry("image_tag", PublishSite.TAG),
            Map.entry("chart_name", "shop"),
            Map.entry("chart_version", version),
            Map.entry("chart_ref", "oci://" + site.registry.host() + "/acme/charts/shop"),
            Map.entry("chart_digest", chartDigest),
            Map.entry(
                "images_json",
                "{\"api\":\"%s:%s\",\"web\":\"%s:%s\"}"
                    .formatted(apiName, PublishSite.TAG, webName, PublishSite.TAG)),
            Map.entry(
                "images_pinned_json",
                "{\"api\":\"%s:%s@%s\",\"web\":\"%s:%s@%s\"}"
                    .formatted(
                        apiName, PublishSite.TAG, apiDigest, webName, PublishSite.TAG, webDigest)),
            Map.entry("api_ref", apiName),
            Map.entry("api_digest", apiDigest),
            Map.entry("web_ref", webName),
            Map.entry("web_digest", webDigest));
    var json = published.json();
    site.outputs().forEach((name, value) -> assertThat(json.asMap()).containsEntry(name, value));
    assertThat(json.objects("items"))
        .extracting(item -> item.requiredString("name") + " " + item.requiredString("outcome"))
        .containsExactly("api pushed", "web pushed", "shop pushed");
    assertThat(site.summary)
        .content()
        .contains(
            "| api | pushed | `" + apiName + ":" + PublishSite.TAG + "` | `" + apiDigest + "` |\n")
        .contains("| shop | pushed |");
  }

  @Test
  void runAgainItFindsEverythingInPlaceAndAddsToTheFiles() throws Exception {
    site.publish(site.job(), site.release()).ok();
    Files.writeString(site.output, "before=1\n");
    site.requests.clear();

    var again = site.publish(site.job(), site.release()).ok();

    assertThat(again.out())
        .contains(
            "present  api   "
                + site.registry.host()
                + "/acme/shop/api:"
                + PublishSite.TAG
                + "@sha256:")
        .endsWith(
            "Published: 2 images as %1$s and chart shop 0.1.0-%1$s (3 present)\n"
                .formatted(PublishSite.TAG));
    assertThat(site.requests)
        .filteredOn(request -> !request.startsWith("GET /token"))
        .hasSizeLessThanOrEqualTo(6)
        .allMatch(request -> request.startsWith("HEAD "));
    assertThat(site.outputs()).containsEntry("before", "1").containsKey("images_json");
  }

  @Test
  void aPersonNamesEverything() throws Exception {
    var published =
        site.publish(
                site.person(),
                site.release(
                    "--owner=acme",
                    "--repository=store",
                    "--charts-repository=helm",
                    "--tag=1.0",
                    "--tag=latest",
                    "--chart-version=1.0.0",
                    "--app-version=1.0"))
            .ok();

    assertThat(published.out())
        .contains("pushed   api   " + site.registry.host() + "/acme/store/api:1.0@sha256:")
        .contains("pushed   shop  " + site.registry.host() + "/acme/helm/shop:1.0.0@sha256:")
        .endsWith("Published: 2 images as 1.0 and chart shop 1.0.0 (3 pushed)\n");
    site.resolve("acme/store/web:latest").ok();
    assertThat(site.output).doesNotExist();
    assertThat(published.err())
        .contains("api has no source annotation", "web has no source annotation");
  }

  @ParameterizedTest
  @CsvSource({
    "012345678901ffff, 012345678901, 0.1.0-g012345678901",
    "12345678e901ffff, 12345678e901, 0.1.0-12345678e901",
    "12345678e012ffff, 12345678e012, 0.1.0-12345678e012",
    "123456789012ffff, 123456789012, 0.1.0-123456789012",
  })
  void aHashThatLooksLikeANumberStaysAHash(String sha, String tag, String version)
      throws Exception {
    var run = site.job().variable("GITHUB_SHA", sha);
    site.publish(run, site.release()).ok();

    var shown =
        site.person()
            .tug(
                "chart",
                "show",
                "chart",
                "oci://" + site.registry.host() + "/acme/charts/shop:" + version,
                "--format=json",
                "-u",
                "alice",
                "--password-stdin")
            .ok()
            .json();
    assertThat(shown.asMap()).containsEntry("version", version).containsEntry("appVersion", tag);
    assertThat(site.outputs())
        .containsEntry("image_tag", tag)
        .containsEntry("chart_version", version);
  }

  @Test
  void theChartSaysItsSourceAndRevisionUnlessItDoesItself() throws Exception {
    site.publish(
            site.job().variable("GITHUB_SERVER_URL", "https://git.example.com"), site.release())
        .ok();
    assertThat(annotations("0.1.0-" + PublishSite.TAG))
        .containsEntry("org.opencontainers.image.source", "https://git.example.com/Acme/Shop-App")
        .containsEntry("org.opencontainers.image.revision", PublishSite.SHA)
        .containsEntry("example.com/team", "greeters");

    Files.writeString(
        site.chart.resolve("Chart.yaml"),
        "  org.opencontainers.image.source: https://example.com/own\n",
        StandardOpenOption.APPEND);
    site.publish(site.job(), "--chart", site.chart, "--chart-version=2.0.0").ok();
    assertThat(annotations("2.0.0"))
        .containsEntry("org.opencontainers.image.source", "https://example.com/own")
        .containsEntry("org.opencontainers.image.revision", PublishSite.SHA);
  }

  private Map<String, String> annotations(String version) throws IOException {
    var manifest =
        site.person()
            .tug(
                "manifest",
                "get",
                site.registry.host() + "/acme/charts/shop:" + version,
                "-u",
                "alice",
                "--password-stdin")
            .ok();
    return Json.parseObject(manifest.out().getBytes(UTF_8), "manifest").stringMap("annotations");
  }

  @Test
  void aPackageGoesAsItIsUnlessAnotherVersionIsWanted() throws Exception {
    site.person().tug("chart", "package", site.chart, "-d", site.folder).ok();
    var tgz = site.folder.resolve("shop-0.1.0.tgz");

    site.publish(site.job(), "--chart", tgz).ok();
    site.publish(site.job(), "--chart", tgz, "--app-version=9", "--chart-version=0.2.0").ok();

    var reference = "oci://" + site.registry.host() + "/acme/charts/shop:";
    for (var version : List.of("0.1.0", "0.2.0")) {
      site.person()
          .tug(
              "chart",
              "pull",
              reference + version,
              "-d",
              site.folder.resolve("pulled"),
              "-u",
              "alice",
              "--password-stdin")
          .ok();
    }
    assertThat(site.folder.resolve("pulled/shop-0.1.0.tgz")).hasSameBinaryContentAs(tgz);
    assertThat(
            site.person()
                .tug("chart", "show", "chart", site.folder.resolve("pulled/shop-0.2.0.tgz"))
                .ok()
                .out())
        .contains("appVersion: \"9\"");
  }

  @Test
  void anImageThatIsThereIsOnlyResolved() throws Exception {
    site.publish(site.job(), site.release()).ok();
    var worker = site.registry.host() + "/acme/shop/api:" + PublishSite.TAG;

    var published =
        site.publish(site.job(), "--image", "worker=" + worker, "--tag=next", "--repository=shop")
            .ok();

    assertThat(site.outputs())
        .containsEntry("images_json", "{\"worker\":\"" + worker + "\"}")
        .containsEntry("worker_ref", site.registry.host() + "/acme/shop/api");
    assertThat(published.out()).contains("(1 present)");
    site.resolve("acme/shop/api:next").failed(3);
    site.resolve("acme/shop/worker:next").failed(3);
  }

  @Test
  void aFirstDryRunNeedsNoLoginAndSaysWhatItCouldNotSee() throws Exception {
    var words = new ArrayList<Object>(List.of("publish", "--registry", site.registry.host()));
    words.addAll(List.of(site.release("--dry-run")));

    var planned = site.job().tug(words.toArray()).ok();

    assertThat(planned.out()).contains("(3 to push)");
    assertThat(planned.err())
        .contains(
            site.registry.host()
                + " answers nothing without a login: this is the plan for an empty registry");
  }

  @Test
  void aDryRunWithAWrongPasswordIsRefused() throws Exception {
    site.publish(site.job().input("wrong"), site.release("--dry-run")).failed(4);
  }

  @Test
  void aDryRunTellsWhatWouldBeAndWritesNothing() throws Exception {
    var first = site.publish(site.job(), site.release("--dry-run")).ok();
    assertThat(first.out())
        .contains("to push  web ")
        .contains(site.images.descriptor("web").digest().toString())
        .contains("Would publish: 2 images as", "(3 to push)");
    assertThat(site.requests).noneMatch(request -> request.matches("(PUT|POST|PATCH|DELETE) .*"));
    assertThat(site.output).doesNotExist();
    assertThat(site.summary).doesNotExist();

    site.publish(site.job(), site.release()).ok();
    assertThat(site.publish(site.job(), site.release("--dry-run", "--tag=more")).ok().out())
        .contains("(2 to tag, 1 to push)");
    assertThat(
            site.publish(site.job(), site.release("--dry-run", "--format=json"))
                .ok()
                .json()
                .asMap())
        .containsEntry("dry_run", true)
        .containsEntry("image_tag", PublishSite.TAG);
  }

  @Test
  void whatIsThereIsNotReplacedIfItMustNotBe() throws Exception {
    site.publish(site.job(), "--image=web=" + site.images.reference("api"), "--repository=shop")
        .ok();

    var refused = site.publish(site.job(), site.release("--no-overwrite")).failed(8);

    assertThat(refused.err())
        .contains("tag exists with other content: ")
        .contains("/acme/shop/web:" + PublishSite.TAG)
        .contains("::error title=tug publish::");
    site.resolve("acme/shop/api:" + PublishSite.TAG).failed(3);
    site.publish(site.job(), site.release()).ok();
  }

  @Test
  void aFailureInTheMiddleMovesNoTagAndMarksTheStep() throws Exception {
    try (var proxy = RecordingProxy.before(site.registry.uri())) {
      proxy.fail(1, "PUT", "/charts/shop/manifests/", new Fault.Answer(503));
      var failed =
          PublishSite.publishTo(proxy.host(), site.job(), site.release("--retries=0")).failed(6);

      assertThat(failed.err().lines())
          .anyMatch(line -> line.startsWith("::error title=tug publish::the registry answered 503"))
          .anyMatch(line -> line.startsWith("tug: the registry answered 503"));
      assertThat(site.output).isEmptyFile();
      site.resolve("acme/shop/api:" + PublishSite.TAG).failed(3);

      assertThat(
              PublishSite.publishTo(proxy.host(), site.job(), site.release("--retries=0"))
                  .ok()
                  .out())
          .contains("(3 tagged)");
    }
  }

  @Test
  void outsideOfActionsAFailureIsToldOnce() throws Exception {
    assertThat(site.publish(site.person(), site.release()).failed(2).err())
        .doesNotContain("::error");
  }

  @Test
  void whetherEverybodyCanPullItIsToldIfAsked() throws Exception {
    var hidden = site.publish(site.job(), site.release("-v")).ok();
    var open =
        site.publish(
                site.job(), site.release("-v", "--repository=open", "--charts-repository=public"))
            .ok();

    assertThat(hidden.err())
        .contains(
            "private, to pull needs a credential: " + site.registry.host() + "/acme/shop/api");
    assertThat(open.err()).contains("everything published is public");
    assertThat(site.publish(site.job(), site.release()).ok().err()).doesNotContain("private");
  }
}
