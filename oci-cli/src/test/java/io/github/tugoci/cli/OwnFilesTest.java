package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layouts and archives that aren't whole or aren't what they are called: what a person is told. */
class OwnFilesTest {
  private final Path folder;
  private final Run run;
  private final SampleImages images;
  private final List<Descriptor> entries;
  private EmbeddedRegistry registry;

  OwnFilesTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.run = Run.in(folder.resolve("home"));
    this.images =
        SampleImages.in(folder.resolve("images"))
            .image("one", 1000)
            .index("many", "linux/s390x", "linux/riscv64");
    this.entries = OciLayout.open(images.layout()).manifest(Selector.parse("many")).children();
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

  private void delete(Descriptor blob) throws IOException {
    Files.delete(images.layout().resolve("blobs/sha256").resolve(blob.digest().hex()));
  }

  @Test
  void anIndexWithAnImageMissingTellsWhichPlatformIsThere() throws Exception {
    delete(entries.get(1));

    assertThat(run.tug("image", "push", images.reference("many"), app() + ":1").failed(3).err())
        .contains("lists an image for linux/riscv64, " + entries.get(1).digest())
        .contains("hint: choose one that is there: --platform linux/s390x");
    run.tug("image", "push", images.reference("many"), app() + ":1", "--platform=linux/s390x").ok();
    assertThat(run.tug("resolve", app() + ":1").ok().out())
        .contains(entries.get(0).digest().toString());
    assertThat(
            run.tug("resolve", images.reference("many"), "--platform=linux/riscv64")
                .failed(3)
                .err())
        .contains("--platform linux/s390x");
  }

  @Test
  void theOnlyImageThatIsThereIsTakenWhereOneIsWanted() throws Exception {
    delete(entries.get(1));
    var archive = "docker-archive:" + folder.resolve("a.tar");

    var copied = run.tug("copy", images.reference("many"), archive + ":acme/app:1").ok();

    assertThat(copied.err()).contains("using its only image, for linux/s390x");
    assertThat(run.tug("resolve", archive).ok().out()).contains(entries.get(0).digest().toString());
    run.tug("image", "pull", images.reference("many"), "oci:" + folder.resolve("out")).ok();
  }

  @Test
  void anIndexIsInspectedThoughAnImageIsMissing() throws Exception {
    delete(entries.get(1));

    assertThat(run.tug("image", "inspect", images.reference("many")).ok().out())
        .containsPattern("linux/riscv64 +missing +sha256");
    var json = run.tug("image", "inspect", images.reference("many"), "--format=json").ok().json();
    assertThat(json.objects("manifests"))
        .extracting(entry -> entry.asMap().get("present"))
        .containsExactly(true, false);
  }

  @Test
  void aTagOfTwoPlatformsIsChosenByAPlatform() throws Exception {
    var tagged =
        entries.stream()
            .map(entry -> entry.withAnnotations(Map.of(Annotations.REF_NAME, "v1")))
            .toList();
    Files.write(
        images.layout().resolve("index.json"), ImageIndex.of(tagged, Map.of()).bytes().toArray());

    run.tug("copy", images.reference("v1"), app(), "--platform=linux/riscv64").ok();
    assertThat(run.tug("resolve", app() + ":v1").ok().out())
        .contains(entries.get(1).digest().toString());
    assertThat(run.tug("copy", images.reference("v1"), app()).failed(5).err())
        .contains("choose one by its digest")
        .contains(entries.get(0).digest() + " (linux/s390x)")
        .contains(entries.get(1).digest() + " (linux/riscv64)");
  }

  @Test
  void entriesWithoutANameAreListedByDigest() throws Exception {
    Files.write(
        images.layout().resolve("index.json"), ImageIndex.of(entries, Map.of()).bytes().toArray());

    assertThat(run.tug("copy", "oci:" + images.layout(), app() + ":1").failed(3).err())
        .contains("it has no tags, and without a name, to be chosen by digest, ")
        .contains(entries.get(0).digest() + " (linux/s390x)");
    run.tug("copy", "oci:" + images.layout() + "@" + entries.get(0).digest(), app() + ":1").ok();
  }

  @Test
  void aFaultOfAnOwnFileIsNotBlamedOnWhoKeepsTheSource() throws Exception {
    var image = OciLayout.open(images.layout()).manifest(Selector.parse("one"));
    var layer = image.children().get(1);
    var file = images.layout().resolve("blobs/sha256").resolve(layer.digest().hex());
    Files.write(file, new byte[(int) layer.size()]);

    assertThat(run.tug("image", "push", images.reference("one"), app() + ":1").failed(5).err())
        .contains(layer.digest().toString())
        .doesNotContain("who keeps the source");
    assertThat(run.tug("copy", "oci-archive:" + file, app() + ":1").failed(3).err())
        .contains("not an OCI layout")
        .doesNotContain("who keeps the source");
  }

  @Test
  void aDigestOfADockerArchiveIsChecked() throws Exception {
    var archive = "docker-archive:" + folder.resolve("a.tar");
    run.tug("copy", images.reference("one"), archive + ":acme/app:1").ok();

    run.tug("copy", archive + "@" + images.descriptor("one").digest(), app() + ":1").ok();
    assertThat(
            run.tug("copy", archive + "@" + entries.get(0).digest(), app() + ":2").failed(3).err())
        .contains("digest not found: " + entries.get(0).digest());
  }
}
