package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.tar.TarEntry;
import io.github.tugoci.tar.TarWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tug image}, {@code copy}, {@code tags} and {@code resolve}, on an embedded registry. */
class ImageCommandsTest {
  private final Path folder;
  private final Run run;
  private final SampleImages images;
  private EmbeddedRegistry registry;

  ImageCommandsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.run = Run.in(folder.resolve("home"));
    this.images =
        SampleImages.in(folder.resolve("images"))
            .image("one", 1000, 2000)
            .index("many", "linux/amd64", "linux/arm64");
  }

  @BeforeEach
  void start() throws Exception {
    registry = EmbeddedRegistry.start();
  }

  @AfterEach
  void stop() throws Exception {
    registry.close();
  }

  private String app() {
    return registry.host() + "/acme/app";
  }

  @Test
  void anImageGoesThereWithItsTagsAndComesBack() throws Exception {
    var digest = images.descriptor("one").digest().toString();

    var pushed =
        run.tug(
                "image",
                "push",
                images.reference("one"),
                app() + ":1.0",
                "--tag=latest",
                "--format=json")
            .ok()
            .json();
    var pulled = run.tug("image", "pull", app(), "oci:" + folder.resolve("out")).ok();

    assertThat(pushed.asMap())
        .containsOnlyKeys("reference", "digest", "mediaType", "size", "tags", "transferred")
        .containsEntry("reference", app() + ":1.0")
        .containsEntry("digest", digest);
    assertThat(pushed.strings("tags")).containsExactly("1.0", "latest");
    assertThat(pushed.object("transferred").orElseThrow().asMap())
        .containsOnlyKeys("blobs", "bytes", "skipped", "mounted");
    assertThat(pushed.object("transferred").orElseThrow().integer("blobs")).hasValue(3L);
    assertThat(pulled.out()).isEqualTo("Pulled: " + app() + ":latest\nDigest: " + digest + "\n");
    assertThat(run.tug("tags", app()).ok().out()).isEqualTo("1.0\nlatest\n");
    assertThat(run.tug("tags", "oci:" + folder.resolve("out")).ok().out()).isEqualTo("latest\n");
    assertThat(run.tug("resolve", app() + ":1.0").ok().out()).isEqualTo(digest + "\n");
  }

  @Test
  void ofAnIndexOneImageOrAllArePulled() throws Exception {
    run.tug("image", "push", images.reference("many"), app() + ":1").ok();

    run.tug("image", "pull", app() + ":1", "oci:" + folder.resolve("all"), "--all-platforms").ok();
    run.tug(
            "image",
            "pull",
            app() + ":1",
            "oci:" + folder.resolve("arm"),
            "--platform=linux/arm64/v8")
        .ok();
    var own = run.tug("image", "pull", app() + ":1", "oci:" + folder.resolve("own")).ok();
    var wrong =
        run.tug("image", "pull", app() + ":1", "oci:" + folder.resolve("no"), "--platform=a/b");

    assertThat(Folders.files(folder.resolve("all/blobs")))
        .hasSizeGreaterThan(Folders.files(folder.resolve("arm/blobs")).size());
    assertThat(run.tug("resolve", "oci:" + folder.resolve("all")).ok().out())
        .isEqualTo(images.descriptor("many").digest() + "\n");
    assertThat(run.tug("resolve", "oci:" + folder.resolve("arm")).ok().out())
        .isEqualTo(run.tug("resolve", app() + ":1", "--platform=linux/arm64").ok().out());
    assertThat(own.err()).contains("--all-platforms pulls all");
    assertThat(wrong.failed(3).err()).contains("linux/amd64, linux/arm64");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  @Test
  void aCopyKeepsTheSourcesTagAndMovesNothingTwice() throws Exception {
    run.tug("copy", images.reference("one"), app()).ok();

    var again = run.tug("copy", images.reference("one"), app(), "--format=json").ok().json();

    assertThat(again.requiredString("reference")).isEqualTo(app() + ":one");
    assertThat(again.object("transferred").orElseThrow().integer("bytes")).hasValue(0L);
    assertThat(
            run.tug("copy", images.reference("many"), app() + ":one", "--no-overwrite")
                .failed(8)
                .err())
        .contains("tag exists with other content: " + app() + ":one");
  }

  @Test
  void whatDockerSavedIsPushedUnderItsTag() throws Exception {
    var layer = "a layer, unpacked".getBytes(UTF_8);
    var config = "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"diff_ids\":[\"%s\"]}}";
    var file = folder.resolve("app.tar");
    try (var tar = new TarWriter(Files.newOutputStream(file))) {
      add(tar, "c.json", config.formatted(Digest.of(layer)));
      add(tar, "l.tar", "a layer, unpacked");
      add(tar, "manifest.json", "[{'Config':'c.json','RepoTags':['a/b:7'],'Layers':['l.tar']}]");
    }

    var pushed = run.tug("image", "push", "docker-archive:" + file, app(), "--format=json").ok();
    var again = folder.resolve("again.tar");
    run.tug("image", "pull", app() + ":7", "oci-archive:" + again).ok();

    assertThat(pushed.json().strings("tags")).containsExactly("7");
    assertThat(run.tug("tags", "docker-archive:" + file).ok().out()).isEqualTo("a/b:7\n");
    assertThat(run.tug("tags", "oci-archive:" + again).ok().out()).isEqualTo("7\n");
    assertThat(run.tug("resolve", "oci-archive:" + again).ok().out())
        .isEqualTo(pushed.json().requiredString("digest") + "\n");
    run.tug("image", "push", "docker-archive:" + file + ":no:such", app()).failed(3);
  }

  @Test
  void whatDockerLoadsHasTheNameOfTheSource() throws Exception {
    run.tug("image", "push", images.reference("many"), app() + ":1").ok();
    var file = folder.resolve("app.tar");

    run.tug("image", "pull", app() + ":1", "docker-archive:" + file).ok();
    assertThat(run.tug("tags", "docker-archive:" + file).ok().out()).isEqualTo(app() + ":1\n");

    var arm = "--platform=linux/arm64";
    var copied =
        run.tug("copy", app() + ":1", "docker-archive:" + file + ":acme/app", arm, "--format=json")
            .ok();
    assertThat(run.tug("tags", "docker-archive:" + file).ok().out()).isEqualTo("acme/app:latest\n");
    assertThat(run.tug("resolve", "docker-archive:" + file + ":acme/app").ok().out())
        .isEqualTo(copied.json().requiredString("digest") + "\n");

    run.tug("copy", app() + ":1", "docker-archive:" + file).ok();
    run.tug("copy", app() + ":1", "docker-archive:" + file + ":Acme:1").failed(2);
    assertThat(
            run.tug("image", "pull", app() + ":1", "docker-archive:" + file, "--all-platforms")
                .failed(2)
                .err())
        .contains("use oci-archive:");
  }

  private static void add(TarWriter tar, String name, String text) throws IOException {
    var bytes = text.replace('\'', '"').getBytes(UTF_8);
    tar.add(TarEntry.file(name, bytes.length, Instant.EPOCH), bytes);
  }

  @Test
  void aChartIsNoImage() throws Exception {
    var chart = SampleCharts.write(folder, "hello", "1.0.0");
    run.tug("chart", "push", chart, registry.host() + "/acme").ok();
    run.tug("image", "push", images.reference("one"), app() + ":1").ok();

    assertThat(
            run.tug("image", "pull", registry.host() + "/acme/hello:1.0.0", "oci:" + folder + "/x")
                .failed(2)
                .err())
        .contains("is a Helm chart");
    assertThat(run.tug("chart", "pull", app() + ":1", "-d", folder.resolve("y")).failed(2).err())
        .contains("an image");
    assertThat(folder.resolve("x")).doesNotExist();
    assertThat(folder.resolve("y")).doesNotExist();
  }

  @Test
  void malformedWordsAreToldWithWhatToDo() {
    assertThat(run.tug("tags", "acme/app").failed(2).err())
        .contains("^", "hint: there is no default");
    assertThat(run.tug("tags", app() + ":1").failed(2).err()).contains("leave the tag");
    assertThat(run.tug("image", "push", "./dir", app()).failed(2).err()).contains("oci:./dir");
    assertThat(
            run.tug(
                    "copy",
                    images.reference("one"),
                    app() + "@" + images.descriptor("one").digest())
                .failed(2)
                .err())
        .contains("the content determines the digest");
    assertThat(run.tug("image", "push", images.reference("one"), app(), "--tag=-x").failed(2).err())
        .contains("invalid tag \"-x\"");
    assertThat(run.tug("image", "push", "oci:" + folder.resolve("none"), app()).failed(3).err())
        .contains("not found");
    assertThat(run.tug("resolve", images.reference("none")).failed(3).err())
        .contains("it has [one, many]");
    assertThat(run.tug("tags", app(), "--timeout=x").failed(2).err()).contains("invalid time 'x'");
    assertThat(run.tug("tags", app(), "--ca-file=none.pem").failed(2).err())
        .contains("can't read --ca-file none.pem");
    assertThat(run.tug("image", "pull", app(), "oci:x", "--platform=arm64").failed(2).err())
        .contains("OS/ARCHITECTURE");
  }

  @Test
  void aRegistryThatIsntThereIsANetworkFailure() {
    var failed = run.tug("tags", "127.0.0.1:1/x", "--retries=0", "--format=json").failed(6);

    assertThat(failed.err()).contains("\"code\" : \"network\"", "\"hint\" : \"check that the");
  }

  @Test
  void aCorruptBlobLeavesNoTag() throws Exception {
    var blobs = images.layout().resolve("blobs/sha256");
    for (var name : Folders.files(blobs)) {
      if (!name.equals(images.descriptor("one").digest().hex())) {
        var bytes = Files.readAllBytes(blobs.resolve(name));
        bytes[bytes.length - 1] ^= 1;
        Files.write(blobs.resolve(name), bytes);
      }
    }

    run.tug("copy", images.reference("one"), app() + ":1").failed(5);
    run.tug("resolve", app() + ":1").failed(3);
  }
}
