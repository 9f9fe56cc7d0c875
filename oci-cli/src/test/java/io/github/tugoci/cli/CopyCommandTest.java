package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.tugoci.content.Blob;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tug copy} with many sources: all tags, lists, shards; and rehearsals of it. */
class CopyCommandTest {
  private final Path folder;
  private final Run run;
  private final SampleImages images;
  private EmbeddedRegistry registry;

  CopyCommandTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.run = Run.in(folder.resolve("home"));
    this.images =
        SampleImages.in(folder.resolve("images"))
            .image("1.0", 1000)
            .image("1.1", 2000)
            .image("2.0-rc1", 3000)
            .index("many", "linux/amd64", "linux/arm64", "linux/s390x");
  }

  @BeforeEach
  void start() throws Exception {
    registry = EmbeddedRegistry.start();
  }

  @AfterEach
  void stop() throws Exception {
    registry.close();
  }

  private String layout() {
    return "oci:" + images.layout();
  }

  private String app() {
    return registry.host() + "/acme/app";
  }

  private String tags(Object place) {
    return run.tug("tags", place).ok().out();
  }

  @Test
  void allTagsThatAreChosenAreCopiedInOrder() throws Exception {
    var signature = "sha256-" + images.descriptor("1.0").digest().hex() + ".sig";
    var layout = OciLayout.open(images.layout());
    var config = images.descriptor("1.0");
    var image = (ImageManifest) layout.manifest(Selector.parse("1.0"));
    var signed =
        ImageManifest.builder(image.config()).layers(image.layers()).annotation("by", "us").build();
    layout.push(signed.descriptor(), Blob.of(signed.bytes()), List.of(new Tag(signature)));

    var json =
        run.tug(
                "copy",
                layout(),
                app(),
                "--all-tags",
                "--include=1.*",
                "--include=2*",
                "--exclude=*rc*",
                "--format=json")
            .ok()
            .json();

    assertThat(json.objects("copies"))
        .extracting(copy -> copy.asMap().get("source"), copy -> copy.asMap().get("reference"))
        .containsExactly(
            tuple(layout() + ":1.0", app() + ":1.0"), tuple(layout() + ":1.1", app() + ":1.1"));
    assertThat(json.objects("copies").get(0).requiredString("digest"))
        .isEqualTo(config.digest().toString());
    assertThat(tags(app())).isEqualTo("1.0\n1.1\n");
    run.tug("copy", layout(), app(), "--all-tags", "--referrers").ok();
    assertThat(tags(app())).isEqualTo("1.0\n1.1\n2.0-rc1\nmany\n" + signature + "\n");
    run.tug("copy", app(), "oci-archive:" + folder.resolve("a.tar"), "--all-tags").ok();
    assertThat(tags("oci-archive:" + folder.resolve("a.tar")))
        .isEqualTo("1.0\n1.1\n2.0-rc1\nmany\n");
    run.tug(
            "copy",
            "oci-archive:" + folder.resolve("a.tar"),
            "oci:" + folder.resolve("b"),
            "--all-tags")
        .ok();
    assertThat(tags("oci:" + folder.resolve("b"))).isEqualTo("1.0\n1.1\n2.0-rc1\nmany\n");
    assertThat(run.tug("copy", layout(), app(), "--all-tags", "--include=9*").failed(3).err())
        .contains("no matching tag in ");
  }

  @Test
  void aTagThatMustNotMoveFailsAloneAndAtTheEnd() throws Exception {
    run.tug("copy", images.reference("2.0-rc1"), app() + ":1.0").ok();
    run.tug("copy", images.reference("many"), app() + ":many").ok();
    var before = run.tug("resolve", app() + ":1.0").ok().out();

    var outcome = run.tug("copy", layout(), app(), "--all-tags", "--no-overwrite", "--format=json");

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(8);
    var copies = outcome.json().objects("copies");
    assertThat(copies).hasSize(4);
    assertThat(copies.get(0).asMap()).containsOnlyKeys("source", "error");
    assertThat(copies.get(0).object("error").orElseThrow().requiredString("code"))
        .isEqualTo("exists");
    assertThat(run.tug("resolve", app() + ":1.0").ok().out()).isEqualTo(before);
    assertThat(run.tug("resolve", app() + ":1.1").ok().out())
        .isEqualTo(images.descriptor("1.1").digest() + "\n");
    assertThat(
            run.tug("copy", layout(), app(), "--all-tags", "--no-overwrite", "--fail-fast").out())
        .contains("0 of 1 copied");
  }

  @Test
  void aListIsCopiedInShardsAndFailuresStopNothing() throws Exception {
    run.tug("copy", layout(), app(), "--all-tags").ok();
    var mirror = registry.host() + "/mirror";
    var list =
        Files.writeString(
            folder.resolve("list.txt"),
            """
            # what we need
            %1$s:1.0
            %1$s:none   # isn't there

            %1$s:1.1 %2$s/renamed:latest
            """
                .formatted(app(), registry.host()));

    var text = run.tug("copy", "--from-file", list, mirror);
    assertThat(text.status()).isEqualTo(3);
    assertThat(text.out()).contains("Copied: " + mirror + "/acme/app:1.0 sha256:", "2 of 3 copied");
    assertThat(text.err()).contains("warning: " + app() + ":none");
    assertThat(tags(registry.host() + "/renamed")).isEqualTo("latest\n");

    var third =
        run.input(Files.readString(list))
            .tug("copy", "--from-file=-", mirror + "2", "--shard=1/3", "--format=json")
            .ok()
            .json();
    assertThat(third.objects("copies")).hasSize(1);
    assertThat(tags(mirror + "2/acme/app")).isEqualTo("1.0\n");
  }

  @Test
  void whatCantHaveItsNameInAnArchiveFailsAndTheOthersGoOn() throws Exception {
    var archive = "docker-archive:" + folder.resolve("app.tar");
    var odd = SampleImages.in(folder.resolve("odd")).image("Not:A:Name", 1000).layout();
    var list = folder.resolve("list.txt");
    Files.writeString(list, "oci:%s %s\n%s:1.0 %s:1\n".formatted(odd, archive, layout(), app()));

    var outcome = run.tug("copy", "--from-file", list);

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("Not:A:Name");
    assertThat(tags(app())).isEqualTo("1\n");
    assertThat(folder.resolve("app.tar")).doesNotExist();
  }

  @Test
  void ofAnIndexAnArchiveGetsOneImageAndAPersonIsTold() throws Exception {
    var archive = "docker-archive:" + folder.resolve("app.tar:acme/app:1");

    var outcome = run.tug("copy", layout() + ":many", archive).ok();

    assertThat(outcome.err()).contains("index: using only its image for linux/", "--platform");
    assertThat(tags("docker-archive:" + folder.resolve("app.tar"))).isEqualTo("acme/app:1\n");
  }

  @Test
  void aListThatIsWrongMovesNothing() throws Exception {
    var good = images.reference("1.0") + " " + app() + ":1.0\n";
    assertThat(list(good + images.reference("1.1"))).contains("list.txt:2: missing target");
    assertThat(list(good + "a b c")).contains("list.txt:2: more than two words");
    assertThat(list(good + "ghcr.io/Acme/app " + app())).contains("list.txt:2: ");
    assertThat(list(good + good)).contains("list.txt:2: ", "also in line 1");
    assertThat(list("# nothing\n")).contains("nothing to copy: ");
    assertThat(list(good, "--shard=3/2")).contains("invalid --shard");
    assertThat(list(good, "--all-tags")).contains("--from-file can't be combined with --all-tags");
    run.tug("tags", app()).failed(3);
  }

  private String list(String text, String... options) throws IOException {
    var list = Files.writeString(folder.resolve("list.txt"), text);
    var words = new ArrayList<Object>(List.of("copy", "--from-file", list));
    words.addAll(List.of(options));
    return run.tug(words.toArray()).failed(2).err();
  }

  @Test
  void optionsThatDontFitAreRefused() {
    assertThat(run.tug("copy").failed(2).err()).contains("missing SOURCE and TARGET");
    assertThat(run.tug("copy", app()).failed(2).err()).contains("missing TARGET");
    assertThat(run.tug("copy", app(), app(), "--shard=1/2").failed(2).err())
        .contains("--from-file");
    assertThat(run.tug("copy", app(), app(), "--include=x").failed(2).err()).contains("--all-tags");
    assertThat(run.tug("copy", app() + ":1", app(), "--all-tags").failed(2).err())
        .contains("leave the tag");
  }

  @Test
  void aRehearsalWritesNothing() throws Exception {
    run.tug("copy", images.reference("1.0"), app()).ok();
    var one = run.tug("copy", images.reference("1.1"), app(), "--dry-run").ok();
    var all =
        run.tug("copy", layout(), app(), "--all-tags", "--dry-run", "--format=json").ok().json();
    var archive = folder.resolve("none.tar");
    run.tug("copy", images.reference("1.1"), "oci-archive:" + archive, "--dry-run").ok();

    assertThat(one.out()).contains("Would copy: " + app() + ":1.1", "2 blobs (");
    assertThat(all.bool("dryRun")).contains(true);
    assertThat(all.objects("copies")).hasSize(4);
    assertThat(tags(app())).isEqualTo("1.0\n");
    assertThat(archive).doesNotExist();
  }

  @Test
  void severalPlatformsBecomeAnIndexOfTheirOwn() throws Exception {
    var json =
        run.tug(
                "image",
                "push",
                images.reference("many"),
                app(),
                "--platform=linux/arm64",
                "--platform=linux/amd64",
                "--format=json")
            .ok();
    assertThat(json.json().requiredString("filteredFrom"))
        .isEqualTo(images.descriptor("many").digest().toString());
    assertThat(json.json().requiredString("mediaType")).isEqualTo(MediaType.OCI_INDEX.value());
    assertThat(json.err()).contains("is a new index of the selected platforms");
    assertThat(run.tug("resolve", app() + ":many", "--platform=linux/s390x").failed(3).err())
        .contains("linux/amd64, linux/arm64");
  }
}
