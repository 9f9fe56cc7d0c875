package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.embedded.Right;
import io.github.tugoci.fixture.Fault;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code tug publish} as a job runs it, on a registry that asks for tokens. */
class PublishTest {
  private static final String SHA = "7f3c9d2e1b0a4f5e6d7c8b9a0f1e2d3c4b5a6978";
  private static final String TAG = "7f3c9d2e1b0a";

  private final List<String> requests = new CopyOnWriteArrayList<>();

  @AutoClose
  private final EmbeddedRegistry registry =
      EmbeddedRegistry.start(
          EmbeddedRegistryOptions.builder()
              .user("alice", "wonderland")
              .anonymous("acme/open/*", EnumSet.of(Right.PULL))
              .anonymous("acme/public/*", EnumSet.of(Right.PULL))
              .tokenAuthentication()
              .requestListener(request -> requests.add(request.method() + " " + request.target()))
              .build());

  private final Path folder;
  private final Path chart;
  private final Path output;
  private final Path summary;
  private final SampleImages images;

  PublishTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    chart = SampleCharts.write(folder, "shop", "0.1.0");
    output = folder.resolve("output");
    summary = folder.resolve("summary");
    images =
        SampleImages.in(folder.resolve("images"))
            .image("api", 100, 200)
            .index("web", "linux/amd64", "linux/arm64");
  }

  private Run person() throws IOException {
    return Run.in(folder.resolve("home")).input("wonderland");
  }

  private Run job() throws IOException {
    return person()
        .variable("GITHUB_ACTIONS", "true")
        .variable("GITHUB_REPOSITORY", "Acme/Shop-App")
        .variable("GITHUB_REPOSITORY_OWNER", "Acme")
        .variable("GITHUB_SHA", SHA)
        .variable("GITHUB_OUTPUT", output.toString())
        .variable("GITHUB_STEP_SUMMARY", summary.toString());
  }

  private Run.Outcome publish(Run run, Object... args) {
    return publishTo(registry.host(), run, args);
  }

  private static Run.Outcome publishTo(String host, Run run, Object... args) {
    var words = new ArrayList<Object>(List.of("publish", "--registry", host));
    words.addAll(List.of("-u", "alice", "--password-stdin"));
    words.addAll(Arrays.asList(args));
    return run.tug(words.toArray());
  }

  private Object[] release(Object... more) {
    var words = new ArrayList<Object>(List.of("--chart", chart));
    words.addAll(List.of("--image", "api=" + images.reference("api")));
    words.addAll(List.of("--image", "web=" + images.reference("web")));
    words.addAll(Arrays.asList(more));
    return words.toArray();
  }

  private Run.Outcome resolve(String name) throws IOException {
    return person().tug("resolve", registry.host() + "/" + name, "-u", "alice", "--password-stdin");
  }

  private Map<String, String> outputs() throws IOException {
    var outputs = new LinkedHashMap<String, String>();
    for (var line : Files.readAllLines(output)) {
      outputs.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
    return outputs;
  }

  @Test
  void aJobNeedsToNameOnlyItsImagesAndItsChart() throws Exception {
    var published = publish(job(), release("--format=json")).ok();

    var apiName = registry.host() + "/acme/shop/api";
    var webName = registry.host() + "/acme/shop/web";
    var apiDigest = images.descriptor("api").digest().toString();
    var webDigest = images.descriptor("web").digest().toString();
    var version = "0.1.0-" + TAG;
    var chartDigest = resolve("acme/charts/shop:" + version).ok().out().strip();
    assertThat(resolve("acme/shop/api:" + TAG).ok().out().strip()).isEqualTo(apiDigest);
    assertThat(resolve("acme/shop/web:" + TAG).ok().out().strip()).isEqualTo(webDigest);
    assertThat(published.err()).contains("the owner Acme is written acme");

    assertThat(outputs())
        .containsExactly(
            Map.entry("image_tag", TAG),
            Map.entry("chart_name", "shop"),
            Map.entry("chart_version", version),
            Map.entry("chart_ref", "oci://" + registry.host() + "/acme/charts/shop"),
            Map.entry("chart_digest", chartDigest),
            Map.entry(
                "images_json",
                "{\"api\":\"%s:%s\",\"web\":\"%s:%s\"}".formatted(apiName, TAG, webName, TAG)),
            Map.entry(
                "images_pinned_json",
                "{\"api\":\"%s:%s@%s\",\"web\":\"%s:%s@%s\"}"
                    .formatted(apiName, TAG, apiDigest, webName, TAG, webDigest)),
            Map.entry("api_ref", apiName),
            Map.entry("api_digest", apiDigest),
            Map.entry("web_ref", webName),
            Map.entry("web_digest", webDigest));
    var json = published.json();
    outputs().forEach((name, value) -> assertThat(json.asMap()).containsEntry(name, value));
    assertThat(json.objects("items"))
        .extracting(item -> item.requiredString("name") + " " + item.requiredString("outcome"))
        .containsExactly("api pushed", "web pushed", "shop pushed");
    assertThat(summary)
        .content()
        .contains("| api | pushed | `" + apiName + ":" + TAG + "` | `" + apiDigest + "` |\n")
        .contains("| shop | pushed |");
  }

  @Test
  void runAgainItFindsEverythingInPlaceAndAddsToTheFiles() throws Exception {
    publish(job(), release()).ok();
    Files.writeString(output, "before=1\n");
    requests.clear();

    var again = publish(job(), release()).ok();

    assertThat(again.out())
        .contains("present  api   " + registry.host() + "/acme/shop/api:" + TAG + "@sha256:")
        .endsWith(
            "Published: 2 images as %1$s and chart shop 0.1.0-%1$s (3 present)\n".formatted(TAG));
    assertThat(requests)
        .filteredOn(request -> !request.startsWith("GET /token"))
        .hasSizeLessThanOrEqualTo(6)
        .allMatch(request -> request.startsWith("HEAD "));
    assertThat(outputs()).containsEntry("before", "1").containsKey("images_json");
  }

  @Test
  void aPersonNamesEverything() throws Exception {
    var published =
        publish(
                person(),
                release(
                    "--owner=acme",
                    "--repository=store",
                    "--charts-repository=helm",
                    "--tag=1.0",
                    "--tag=latest",
                    "--chart-version=1.0.0",
                    "--app-version=1.0"))
            .ok();

    assertThat(published.out())
        .contains("pushed   api   " + registry.host() + "/acme/store/api:1.0@sha256:")
        .contains("pushed   shop  " + registry.host() + "/acme/helm/shop:1.0.0@sha256:")
        .endsWith("Published: 2 images as 1.0 and chart shop 1.0.0 (3 pushed)\n");
    resolve("acme/store/web:latest").ok();
    assertThat(output).doesNotExist();
    assertThat(published.err())
        .contains("api doesn't say where its source is", "web doesn't say where its source is");
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
    var run = job().variable("GITHUB_SHA", sha);
    publish(run, release()).ok();

    var shown =
        person()
            .tug(
                "chart",
                "show",
                "chart",
                "oci://" + registry.host() + "/acme/charts/shop:" + version,
                "--format=json",
                "-u",
                "alice",
                "--password-stdin")
            .ok()
            .json();
    assertThat(shown.asMap()).containsEntry("version", version).containsEntry("appVersion", tag);
    assertThat(outputs()).containsEntry("image_tag", tag).containsEntry("chart_version", version);
  }

  @Test
  void theChartSaysItsSourceAndRevisionUnlessItDoesItself() throws Exception {
    publish(job().variable("GITHUB_SERVER_URL", "https://git.example.com"), release()).ok();
    assertThat(annotations("0.1.0-" + TAG))
        .containsEntry("org.opencontainers.image.source", "https://git.example.com/Acme/Shop-App")
        .containsEntry("org.opencontainers.image.revision", SHA)
        .containsEntry("example.com/team", "greeters");

    Files.writeString(
        chart.resolve("Chart.yaml"),
        "  org.opencontainers.image.source: https://example.com/own\n",
        StandardOpenOption.APPEND);
    publish(job(), "--chart", chart, "--chart-version=2.0.0").ok();
    assertThat(annotations("2.0.0"))
        .containsEntry("org.opencontainers.image.source", "https://example.com/own")
        .containsEntry("org.opencontainers.image.revision", SHA);
  }

  private Map<String, String> annotations(String version) throws IOException {
    var manifest =
        person()
            .tug(
                "manifest",
                "get",
                registry.host() + "/acme/charts/shop:" + version,
                "-u",
                "alice",
                "--password-stdin")
            .ok();
    return Json.parseObject(manifest.out().getBytes(UTF_8), "manifest").stringMap("annotations");
  }

  @Test
  void aPackageGoesAsItIsUnlessAnotherVersionIsWanted() throws Exception {
    person().tug("chart", "package", chart, "-d", folder).ok();
    var tgz = folder.resolve("shop-0.1.0.tgz");

    publish(job(), "--chart", tgz).ok();
    publish(job(), "--chart", tgz, "--app-version=9", "--chart-version=0.2.0").ok();

    var reference = "oci://" + registry.host() + "/acme/charts/shop:";
    for (var version : List.of("0.1.0", "0.2.0")) {
      person()
          .tug(
              "chart",
              "pull",
              reference + version,
              "-d",
              folder.resolve("pulled"),
              "-u",
              "alice",
              "--password-stdin")
          .ok();
    }
    assertThat(folder.resolve("pulled/shop-0.1.0.tgz")).hasSameBinaryContentAs(tgz);
    assertThat(
            person()
                .tug("chart", "show", "chart", folder.resolve("pulled/shop-0.2.0.tgz"))
                .ok()
                .out())
        .contains("appVersion: \"9\"");
  }

  @Test
  void anImageThatIsThereIsOnlyResolved() throws Exception {
    publish(job(), release()).ok();
    var worker = registry.host() + "/acme/shop/api:" + TAG;

    var published =
        publish(job(), "--image", "worker=" + worker, "--tag=next", "--repository=shop").ok();

    assertThat(outputs())
        .containsEntry("images_json", "{\"worker\":\"" + worker + "\"}")
        .containsEntry("worker_ref", registry.host() + "/acme/shop/api");
    assertThat(published.out()).contains("(1 present)");
    resolve("acme/shop/api:next").failed(3);
    resolve("acme/shop/worker:next").failed(3);
  }

  @Test
  void aDryRunTellsWhatWouldBeAndWritesNothing() throws Exception {
    var first = publish(job(), release("--dry-run")).ok();
    assertThat(first.out())
        .contains("to push  web ")
        .contains(images.descriptor("web").digest().toString())
        .contains("Would publish: 2 images as", "(3 to push)");
    assertThat(requests).noneMatch(request -> request.matches("(PUT|POST|PATCH|DELETE) .*"));
    assertThat(output).doesNotExist();
    assertThat(summary).doesNotExist();

    publish(job(), release()).ok();
    assertThat(publish(job(), release("--dry-run", "--tag=more")).ok().out())
        .contains("(2 to tag, 1 to push)");
    assertThat(publish(job(), release("--dry-run", "--format=json")).ok().json().asMap())
        .containsEntry("dry_run", true)
        .containsEntry("image_tag", TAG);
  }

  @Test
  void whatIsThereIsNotReplacedIfItMustNotBe() throws Exception {
    publish(job(), "--image=web=" + images.reference("api"), "--repository=shop").ok();

    var refused = publish(job(), release("--no-overwrite")).failed(8);

    assertThat(refused.err())
        .contains("/acme/shop/web:" + TAG + " is something else already")
        .contains("::error title=tug publish::");
    resolve("acme/shop/api:" + TAG).failed(3);
    publish(job(), release()).ok();
  }

  @Test
  void aFailureInTheMiddleMovesNoTagAndMarksTheStep() throws Exception {
    try (var proxy = RecordingProxy.before(registry.uri())) {
      proxy.fail(1, "PUT", "/charts/shop/manifests/", new Fault.Answer(503));
      var failed = publishTo(proxy.host(), job(), release("--retries=0")).failed(6);

      assertThat(failed.err().lines())
          .anyMatch(line -> line.startsWith("::error title=tug publish::the registry answered 503"))
          .anyMatch(line -> line.startsWith("tug: the registry answered 503"));
      assertThat(output).isEmptyFile();
      resolve("acme/shop/api:" + TAG).failed(3);

      assertThat(publishTo(proxy.host(), job(), release("--retries=0")).ok().out())
          .contains("(3 tagged)");
    }
  }

  @Test
  void outsideOfActionsAFailureIsToldOnce() throws Exception {
    assertThat(publish(person(), release()).failed(2).err()).doesNotContain("::error");
  }

  @Test
  void whetherEverybodyCanPullItIsToldIfAsked() throws Exception {
    var hidden = publish(job(), release("-v")).ok();
    var open =
        publish(job(), release("-v", "--repository=open", "--charts-repository=public")).ok();

    assertThat(hidden.err())
        .contains(
            "private, whoever pulls needs a credential: " + registry.host() + "/acme/shop/api");
    assertThat(open.err()).contains("everybody can pull what was published");
    assertThat(publish(job(), release()).ok().err()).doesNotContain("whoever pulls");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "api | has no '='",
        "Api=oci:x | 'Api' is no key",
        "a b=oci:x | 'a b' is no key",
        "=oci:x | '' is no key",
        "chart=oci:x | can't have the key chart",
        "api=ghcr.io/acme/api | neither tag nor digest",
        "api=ghcr.io/acme/api:1,a=b | has ',' in a tag",
        "api=b=oci:x | no registry host",
        "api= | no registry host",
        "api=oci: | names no path",
      })
  void aMalformedImageIsToldWithTheReason(String image, String reason) throws Exception {
    assertThat(publish(job(), "--image", image, "--chart", chart).failed(2).err()).contains(reason);
    assertThat(requests).isEmpty();
  }

  @Test
  void whatCantBeMeantIsRefusedBeforeAnythingIsSent() throws Exception {
    var api = "api=" + images.reference("api");

    assertThat(publish(job()).failed(2).err()).contains("nothing to publish", "--image");
    assertThat(publish(job(), "--image", api, "--image", api).failed(2).err())
        .contains("is given twice");
    assertThat(publish(job(), "--image", "api=ghcr.io/a/b:1\n::set-output").failed(2).err())
        .contains("in a tag")
        .doesNotContain("\n::set-output");
    assertThat(publish(job(), "--image", api, "--tag=a,b").failed(2).err()).contains("is no tag");
    assertThat(publish(job(), "--image", api, "--repository=Shop").failed(2).err())
        .contains("write shop");
    assertThat(publish(job(), "--image", api, "--owner=a:b").failed(2).err()).contains("in a tag");
    assertThat(
            publish(
                    job(),
                    "--image",
                    "shop=" + images.reference("api"),
                    "--chart",
                    chart,
                    "--charts-repository=shop")
                .failed(2)
                .err())
        .contains("two things go to");
    assertThat(publish(job(), "--chart", chart, "--chart-version=x").failed(2).err())
        .contains("version");
    assertThat(publish(job(), "--chart", chart, "--tag=" + "a".repeat(128)).failed(2).err())
        .contains("is no tag");
    publish(job(), "--chart", folder.resolve("none")).failed(3);
    publish(job(), "--chart", images.layout()).failed(2);
    publish(job(), "--image", "api=oci:" + folder.resolve("none")).failed(3);
    assertThat(requests).isEmpty();
  }

  @Test
  void aChartIsNoImage() throws Exception {
    publish(job(), "--chart", chart, "--chart-version=1.0.0").ok();

    var image = "api=" + registry.host() + "/acme/charts/shop:1.0.0";
    assertThat(publish(job(), "--image", image).failed(2).err())
        .contains("is a Helm chart, not an image");
  }

  @Test
  void whatIsMissingIsToldWithItsOptionAndItsVariable() throws Exception {
    var image = "--image=api=" + images.reference("api");

    assertThat(publish(person(), image).failed(2).err())
        .contains("there is no tag", "add --tag, or set GITHUB_SHA");
    assertThat(publish(person(), image, "--tag=1").failed(2).err())
        .contains("there is no owner", "add --owner, or set GHCR_OWNER");
    assertThat(publish(person(), image, "--tag=1", "--owner=a").failed(2).err())
        .contains("there is no repository", "add --repository, or set GITHUB_REPOSITORY");
    publish(job().variable("GHCR_OWNER", "other"), image).ok();
    resolve("other/shop-app/api:" + TAG).ok();
  }

  @Test
  void filesThatCantBeWrittenStopItBeforeAnythingIsSent() throws Exception {
    publish(job().variable("GITHUB_OUTPUT", folder + "/no/such"), release()).failed(3);

    assertThat(requests).isEmpty();
  }
}
