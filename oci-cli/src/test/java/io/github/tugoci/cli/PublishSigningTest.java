package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tug publish --sign-key}: signed before any tag moves. */
class PublishSigningTest {
  private final Path folder;
  @AutoClose private final PublishSite site;
  private Path sbom;

  PublishSigningTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.site = new PublishSite(folder);
  }

  @BeforeEach
  void prepare() throws Exception {
    run().tug("key", "generate", "--output-key-prefix", folder.resolve("build")).ok();
    sbom = Files.writeString(folder.resolve("sbom.json"), "{\"spdxVersion\":\"SPDX-2.3\"}");
  }

  private Run run() throws IOException {
    return site.job().variable("COSIGN_PASSWORD", "pw");
  }

  private Run.Outcome publish(Object... more) throws IOException {
    var words = new ArrayList<Object>(List.of("--sign-key", folder.resolve("build.key")));
    words.addAll(Arrays.asList(more));
    return site.publish(run(), site.release(words.toArray()));
  }

  private Run.Outcome verify(String name, String command, String... more) throws IOException {
    var words =
        new ArrayList<Object>(
            List.of(command, site.registry.host() + "/" + name, "-u", "alice", "--password-stdin"));
    words.addAll(List.of("--key", folder.resolve("build.pub")));
    words.addAll(Arrays.asList(more));
    return run().tug(words.toArray());
  }

  @Test
  void imagesAndChartAreSignedAndTheOutputsSayIt() throws Exception {
    var published =
        publish("--attest", "api=spdxjson=" + sbom, "--attest", "chart=https://a/b=" + sbom).ok();

    assertThat(published.out()).contains("Signed: 3 items by " + folder.resolve("build.key"));
    verify("acme/shop/api:" + PublishSite.TAG, "verify").ok();
    verify("acme/shop/web:" + PublishSite.TAG, "verify").ok();
    verify("acme/charts/shop:0.1.0-" + PublishSite.TAG, "verify").ok();
    verify("acme/shop/api:" + PublishSite.TAG, "verify-attestation", "--type=spdxjson").ok();
    verify("acme/charts/shop:0.1.0-" + PublishSite.TAG, "verify-attestation", "--type=https://a/b")
        .ok();
    var signatures =
        Json.parseObject(
            site.outputs().getOrDefault("signatures_json", "").getBytes(UTF_8), "signatures_json");
    assertThat(signatures.asMap()).containsOnlyKeys("api", "web", "chart");
    assertThat(site.outputs())
        .containsEntry(
            "attestations_json",
            "{\"api\":[\"https://spdx.dev/Document\"],\"chart\":[\"https://a/b\"]}")
        .hasEntrySatisfying("signing_key", key -> assertThat(key).startsWith("sha256:"));
    assertThat(site.summary).content().contains("\nSigned by the key `sha256:");
  }

  @Test
  void signaturesComeAfterTheContentAndBeforeTheTags() throws Exception {
    publish().ok();

    var puts =
        site.requests.stream().filter(request -> request.startsWith("PUT /v2/acme")).toList();
    var manifests = puts.stream().filter(request -> request.contains("/manifests/")).toList();
    int firstTag = 0;
    while (manifests.get(firstTag).contains("/manifests/sha256:")) {
      firstTag++;
    }
    // Two images and an index with two, the chart, and three signatures, by their digests.
    assertThat(firstTag).isEqualTo(8);
    assertThat(manifests.subList(firstTag, manifests.size()))
        .hasSize(3)
        .noneMatch(request -> request.contains("sha256:"))
        .last()
        .asString()
        .contains("/charts/shop/manifests/0.1.0-");
  }

  @Test
  void aSecondRunAddsNothing() throws Exception {
    publish().ok();
    site.requests.clear();
    var again = publish().ok();

    assertThat(again.out()).contains("Signed: 3 items, 3 of them before", "(3 present)");
    assertThat(site.requests).noneMatch(request -> request.matches("(PUT|POST|PATCH) .*"));
  }

  @Test
  void aKeyThatCannotBeUsedStopsBeforeAnythingIsSent() throws Exception {
    site.publish(
            site.job().variable("COSIGN_PASSWORD", "wrong"),
            site.release("--sign-key", folder.resolve("build.key")))
        .failed(2);
    publish("--attest", "none=spdxjson=" + sbom).failed(2);
    publish("--attest", "api=sbom=" + sbom).failed(2);
    publish("--attest", "api=" + sbom).failed(2);
    publish("--attest", "api=spdxjson=" + folder.resolve("none")).failed(3);
    site.publish(run(), site.release("--attest", "api=spdxjson=" + sbom)).failed(2);

    assertThat(site.requests).noneMatch(request -> request.matches("(PUT|POST|PATCH) /v2.*"));
  }

  @Test
  void aDryRunSignsNothing() throws Exception {
    var planned = publish("--dry-run").ok();

    assertThat(planned.out()).contains("Would sign: all by ");
    assertThat(site.requests).noneMatch(request -> request.matches("(PUT|POST|PATCH) /v2.*"));
  }

  /** With the token, which is asked for once; without tokens it is two less. */
  @Test
  void signingAndVerifyingTakeFewRequests() throws Exception {
    site.publish(run(), site.release()).ok();
    var image = site.registry.host() + "/acme/shop/api:" + PublishSite.TAG;
    site.requests.clear();
    run()
        .variable("XDG_CACHE_HOME", folder.resolve("nothing known").toString())
        .tug("sign", image, "--key", folder.resolve("build.key"), "-u", "alice", "--password-stdin")
        .ok();
    assertThat(site.requests).hasSizeLessThanOrEqualTo(9);

    site.requests.clear();
    verify("acme/shop/api:" + PublishSite.TAG, "verify").ok();
    assertThat(site.requests).hasSizeLessThanOrEqualTo(5);
  }
}
