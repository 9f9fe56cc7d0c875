package io.github.tugoci.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.archive.DockerArchive;
import io.github.tugoci.archive.OciArchive;
import io.github.tugoci.auth.DockerConfig;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.fixture.TestKey;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.signature.SigningKey;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs each example against a registry in this process. */
final class ExamplesTest extends ExampleTest {
  private static final String TRUSTED_ROOT =
      "../../oci-core/src/test/resources/sigstore/root-public-good.json";

  ExamplesTest() throws IOException {}

  @Test
  void anArtifactIsPublishedAndInspected() throws IOException {
    publish("report");
    InspectImage.main(registry.host() + "/acme/reports:1");
    assertThat(printed()).contains("layer    6 bytes").contains("tags     [1]");
  }

  @Test
  void aSignatureIsAttachedAndFilesArePulled() throws IOException {
    var image = registry.host() + "/acme/reports:1";
    publish("report");
    var signature = Files.writeString(folder.resolve("report.sig"), "signed");
    AttachSignature.main(image, signature.toString());
    var lines = printed().lines().toList();
    assertThat(lines.get(lines.size() - 1)).startsWith("  sha256:");

    PullArtifact.main(
        registry.host() + "/acme/reports@" + lines.get(lines.size() - 1).strip(),
        folder.resolve("pulled").toString());
    assertThat(folder.resolve("pulled/report.sig")).hasContent("signed");
  }

  @Test
  void aMirrorHasWhatTheRegistryHas() throws IOException {
    publish("report");
    var mirror = folder.resolve("mirror");
    MirrorToLayout.main(registry.host() + "/acme/reports:1", mirror.toString());
    var digest = OciLayout.open(mirror).resolve(new Tag("1")).digest();
    assertThat(printed()).contains(registry.host() + "/acme/reports@" + digest, "2 blobs copied");

    ReadLayout.main(mirror.toString());
    assertThat(printed()).contains("1 " + digest + ", 2 parts");
  }

  @Test
  void aLayoutAmongTheProgramsResourcesIsPushed() throws IOException {
    publish("report");
    MirrorToLayout.main(registry.host() + "/acme/reports:1", folder.resolve("bundled").toString());
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    try (var resources = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(resources);
      PushBundledImage.main("bundled", "1", registry.host() + "/acme/again");
    } finally {
      thread.setContextClassLoader(before);
    }
    InspectImage.main(registry.host() + "/acme/again:1");
    assertThat(printed()).contains("pushed sha256:", "layer    6 bytes");
  }

  @Test
  void aRepositoryIsMirroredTagByTag() throws IOException {
    publish("report");
    MirrorRepository.main(registry.host() + "/acme/reports", registry.host() + "/mirror/reports");
    MirrorRepository.main(registry.host() + "/mirror/reports", registry.host() + "/third/reports");
    assertThat(printed())
        .containsPattern("1 sha256:[0-9a-f]{64}, 0 blobs")
        .doesNotContain("failed");
    InspectImage.main(registry.host() + "/third/reports:1");
    assertThat(printed()).contains("layer    6 bytes");
  }

  @Test
  void anImageIsSavedForDocker() throws IOException {
    var image = new MemoryStore();
    var config = Bytes.of("{\"os\":\"linux\",\"architecture\":\"amd64\"}");
    var manifest = ImageManifest.builder(image.add(MediaType.OCI_CONFIG, config)).build();
    var digest = image.add(manifest).digest().toString();
    var name = registry.host() + "/acme/app:1.0";
    try (var client = RegistryClient.anonymous()) {
      var repository = client.repository(Reference.parse(name));
      Copier.copy(image, digest, repository, List.of("1.0"), CopyOptions.defaults());
    }

    var file = folder.resolve("app.tar");
    SaveForDocker.main(name, file.toString(), "linux/amd64");

    assertThat(printed()).contains(digest);
    assertThat(DockerArchive.names(file)).containsExactly(name);
  }

  @Test
  void aChartIsPackagedAndShared() throws IOException {
    var chart = Files.createDirectories(folder.resolve("shop"));
    Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
    PackageChart.main(chart.toString(), folder.toString());

    var archive = folder.resolve("shop-1.0.0.tgz");
    var download = folder.resolve("download");
    ShareChart.main(archive.toString(), registry.host() + "/charts", download.toString());
    assertThat(printed()).contains("pushed " + registry.host() + "/charts/shop:1.0.0");
    assertThat(download.resolve("shop-1.0.0.tgz")).hasSameBinaryContentAs(archive);
    assertThat(ChartArchive.open(archive).metadata().version()).isEqualTo("1.0.0");

    var mall = Files.createDirectories(folder.resolve("mall"));
    Files.writeString(
        mall.resolve("Chart.yaml"),
        "apiVersion: v2\nname: mall\nversion: 1.0.0\ndependencies:\n"
            + "- {name: shop, version: ^1, repository: oci://%s/charts}\n"
                .formatted(registry.host()));
    UpdateDependencies.main(mall.toString(), folder.resolve("cache").toString());
    assertThat(printed()).contains("shop 1.0.0 is " + mall.resolve("charts/shop-1.0.0.tgz"));
  }

  @Test
  void aChartIsExamined() throws IOException {
    var chart = Files.createDirectories(folder.resolve("shop"));
    Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
    Files.writeString(chart.resolve("values.yaml"), "replicas: 1\n");
    Files.writeString(
        chart.resolve("values.schema.json"),
        "{\"properties\":{\"replicas\":{\"type\":\"integer\"}}}");

    var more = Files.writeString(folder.resolve("more.yaml"), "replicas: many\n");

    LintChart.main(chart.toString(), "1.33", more.toString());

    assertThat(printed()).contains("info Chart.yaml: icon", "error ", "replicas");
  }

  @Test
  void aChartIsSigned() throws Exception {
    var chart = Files.createDirectories(folder.resolve("shop"));
    Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
    PackageChart.main(chart.toString(), folder.toString());
    var keys = TestKey.of("Alice <alice@example.com>").writeSecret(folder.resolve("secret.gpg"));

    SignChart.main(folder.resolve("shop-1.0.0.tgz").toString(), keys.toString(), "alice@");
    assertThat(printed()).contains("signed by [Alice <alice@example.com>]");
  }

  @Test
  void anImageIsBuiltOnAnotherAndPutIntoAnIndex() throws IOException {
    var app = Files.createDirectories(folder.resolve("app"));
    Files.writeString(app.resolve("run"), "#!/bin/sh");
    BuildImage.main("-", app.toString(), registry.host() + "/acme/base:1");
    BuildImage.main(
        registry.host() + "/acme/base:1", app.toString(), registry.host() + "/acme/app:1");
    CreateIndex.main(registry.host() + "/acme/app:all", registry.host() + "/acme/app:1");
    InspectImage.main(registry.host() + "/acme/app:all");
    assertThat(printed()).contains("built sha256:", "has linux/amd64", "platform linux/amd64");
  }

  @Test
  void aReleaseIsPublishedAndFoundInPlace() throws IOException {
    var chart = Files.createDirectories(folder.resolve("shop"));
    Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
    publish("an image, or so");
    var image = folder.resolve("image").toString();
    MirrorToLayout.main(registry.host() + "/acme/reports:1", image);
    var release =
        new String[] {
          chart.toString(), image, registry.host() + "/acme", "012345678901", folder.toString()
        };

    PublishRelease.main(release);
    PublishRelease.main(release);

    var version = "/acme/charts/shop:1.0.0-g012345678901@sha256:";
    assertThat(printed())
        .contains("PUSHED " + registry.host() + "/acme/shop/app:012345678901@sha256:")
        .contains("PUSHED " + registry.host() + version, "PRESENT " + registry.host() + version);
  }

  @Test
  void aFolderIsServed() throws IOException {
    ServeRegistry.main(folder.resolve("served").toString());
    assertThat(printed()).contains("listening at http://127.0.0.1:").contains("target=/v2/");
  }

  @Test
  void aGoodPasswordIsStoredAndABadOneIsNot() throws IOException {
    var options = EmbeddedRegistryOptions.builder().user("alice", "wonderland").build();
    var config = DockerConfig.at(folder.resolve("config.json"));
    try (var guarded = EmbeddedRegistry.start(options)) {
      assertThatThrownBy(() -> LogIn.logIn(guarded.host(), "alice", "wrong", config))
          .isInstanceOf(AuthenticationException.class);
      assertThat(config.file()).doesNotExist();

      LogIn.logIn(guarded.host(), "alice", "wonderland", config);
      assertThat(config.file()).content().contains(guarded.host());
    }
  }

  @Test
  void anImageIsSignedAndVerified() throws IOException {
    publish("report");
    var image = registry.host() + "/acme/reports:1";
    for (var name : new String[] {"ours", "another"}) {
      var key = SigningKey.generate();
      Files.writeString(folder.resolve(name + ".key"), key.toEncryptedPem("pw".toCharArray()));
      Files.writeString(folder.resolve(name + ".pub"), key.publicKey().toPem());
    }
    var ours = folder.resolve("ours.key").toString();
    SignImage.main(image, ours, "pw", folder.resolve("another.pub").toString());
    SignImage.main(image, ours, "pw", folder.resolve("ours.pub").toString());

    assertThat(printed())
        .containsSubsequence("signed sha256:", "refused: no valid signature", "signed before")
        .endsWith(" by [" + folder.resolve("ours.pub") + "]\n");

    VerifyIdentity.main(image, TRUSTED_ROOT, "https://ci.example.com/acme", "https://example.com");
    assertThat(printed()).endsWith(" by https://ci.example.com/acme\n");
  }

  @Test
  void requestsAreShown() throws IOException {
    var memory = folder.resolve("hosts.json");
    TuneTransport.main(registry.host(), memory.toString());
    assertThat(printed()).contains("/v2/ 200 ").contains(registry.host() + " is a registry");
  }

  @Test
  void theImageForAPlatformIsSaved() throws IOException {
    var app = Files.createDirectories(folder.resolve("app"));
    Files.writeString(app.resolve("run"), "#!/bin/sh");
    BuildImage.main("-", app.toString(), registry.host() + "/acme/app:1");
    CreateIndex.main(registry.host() + "/acme/app:all", registry.host() + "/acme/app:1");

    var file = folder.resolve("app.tar");
    SavePlatform.main(registry.host() + "/acme/app:all", "linux/amd64", file.toString());

    assertThat(printed()).contains("for [linux/amd64]", "saved sha256:");
    assertThat(OciArchive.open(file).tags()).containsExactly("all");
  }

  @Test
  void aCopyIsPreviewed() throws IOException {
    PreviewCopy.main(publish("report") + ":1", registry.host() + "/mirror/reports");

    assertThat(printed()).contains("0 blobs to send, 2 to mount, 0 already present");
    assertThatThrownBy(() -> InspectImage.main(registry.host() + "/mirror/reports:1"))
        .isInstanceOf(NotFoundException.class);
  }
}
