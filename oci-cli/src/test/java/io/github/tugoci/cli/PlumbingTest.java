package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single tags, manifests and blobs, on an embedded registry. */
class PlumbingTest {
  private final Path folder;
  private final Run run;
  private final SampleImages images;
  private final ImageManifest manifest;
  private EmbeddedRegistry registry;

  PlumbingTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.run = Run.in(folder.resolve("home"));
    this.images = SampleImages.in(folder.resolve("images")).image("one", 1000);
    this.manifest = (ImageManifest) OciLayout.open(images.layout()).manifest(Selector.parse("one"));
  }

  @BeforeEach
  void push() throws Exception {
    registry = EmbeddedRegistry.start();
    run.tug("image", "push", images.reference("one"), app() + ":1.2.0").ok();
  }

  @AfterEach
  void stop() throws Exception {
    registry.close();
  }

  private String app() {
    return registry.host() + "/acme/app";
  }

  @Test
  void tagsAreAddedInARegistryAndALayout() {
    var tagged = run.tug("tag", app() + ":1.2.0", "1.2", "latest", "--format=json").ok();
    run.tug("tag", images.reference("one"), "two").ok();

    assertThat(tagged.out()).contains("\"tags\" : [ \"1.2\", \"latest\" ]");
    assertThat(run.tug("tags", app()).ok().out()).isEqualTo("1.2\n1.2.0\nlatest\n");
    assertThat(run.tug("tags", "oci:" + images.layout()).ok().out()).isEqualTo("one\ntwo\n");
    run.tug("tag", app() + ":none", "x").failed(3);
    assertThat(run.tug("tag", app() + ":1.2.0", ".x").failed(2).err()).contains("invalid tag");
    assertThat(run.tug("tag", app() + ":1.2.0").failed(2).err()).contains("TAG");
  }

  @Test
  void tagsAreChosenByPatternsAndComeInParts() {
    run.tug("tag", app() + ":1.2.0", "1.2", "1.3.0-rc1", "1.3.0", "latest").ok();
    var tags = run.tug("tags", app(), "--include=1.?*", "--exclude=*-rc*").ok();

    assertThat(tags.out()).isEqualTo("1.2\n1.2.0\n1.3.0\n");
    assertThat(run.tug("tags", app(), "--include=1.*.*", "--limit=2").ok().out())
        .isEqualTo("1.2.0\n1.3.0\n");
    assertThat(run.tug("tags", app(), "--last=1.3.0").ok().out()).isEqualTo("1.3.0-rc1\nlatest\n");
    run.tug("tag", images.reference("one"), "two", "three").ok();
    assertThat(run.tug("tags", "oci:" + images.layout(), "--last=one", "--limit=1").ok().out())
        .isEqualTo("two\n");
    assertThat(run.tug("tags", app(), "--include=[a").failed(2).err()).contains("tag pattern");
    run.tug("tags", app(), "--limit=-1").failed(2);
  }

  @Test
  void aManifestComesAsItIsAndGoesBack() throws Exception {
    var got = run.tug("manifest", "get", app() + ":1.2.0").ok();

    assertThat(Bytes.of(got.out())).isEqualTo(manifest.bytes());
    run.input(got.out());
    assertThat(run.tug("manifest", "put", app() + ":again", "-").ok().out())
        .isEqualTo(manifest.bytes().digest() + "\n");
    var head = run.tug("manifest", "head", app() + ":again", "--format=json").ok();
    assertThat(head.json().integer("size")).hasValue((long) manifest.bytes().size());
    run.tug("manifest", "head", app() + ":none").failed(3);
    run.input("{}");
    run.tug("manifest", "put", app() + ":bad", "-").failed(5);
    run.tug("manifest", "put", app() + ":bad", folder.resolve("none")).failed(3);
  }

  @Test
  void blobsAreFoundReadAndPut() throws Exception {
    var layer = app() + "@" + manifest.layers().get(0).digest();
    var file = folder.resolve("layer");

    assertThat(run.tug("blob", "head", layer, "--format=json").ok().json().integer("size"))
        .hasValue(manifest.layers().get(0).size());
    run.tug("blob", "get", layer, "-o", file).ok();
    var put = run.tug("blob", "put", registry.host() + "/other", file).ok();

    assertThat(put.out()).isEqualTo(manifest.layers().get(0).digest() + "\n");
    assertThat(run.tug("blob", "get", app() + "@" + manifest.config().digest()).ok().out())
        .contains("\"architecture\":\"amd64\"");
    var none = Descriptor.of(MediaType.OCTET_STREAM, Bytes.of("none")).digest();
    run.tug("blob", "get", app() + "@" + none, "-o", folder.resolve("none")).failed(3);
    assertThat(folder.resolve("none")).doesNotExist();
    assertThat(run.tug("blob", "get", app() + ":1.2.0").failed(2).err())
        .contains("blobs have no tags");
    assertThat(run.tug("blob", "delete", layer).failed(2).err()).contains("add --yes");
    run.tug("blob", "delete", layer, "--yes").ok();
    run.tug("blob", "head", layer).failed(3);
  }

  @Test
  void whatRefersToAnImageIsListed() throws Exception {
    var config = folder.resolve("config");
    Files.write(config, "{}".getBytes(UTF_8));
    run.tug("blob", "put", app(), config).ok();
    var referrer =
        ImageManifest.builder(Descriptor.of(MediaType.EMPTY_JSON, Bytes.of("{}")))
            .artifactType(MediaType.parse("application/vnd.example.signature"))
            .subject(manifest.descriptor())
            .build();
    var file = folder.resolve("referrer");
    Files.write(file, referrer.bytes().toArray());
    run.tug("manifest", "put", app(), file).ok();

    assertThat(run.tug("referrers", app() + ":1.2.0").ok().out())
        .isEqualTo(referrer.bytes().digest() + " application/vnd.example.signature\n");
    assertThat(run.tug("referrers", app() + ":1.2.0", "--artifact-type=a/b").ok().out()).isEmpty();
    assertThat(
            run.tug("referrers", app() + ":1.2.0", "--format=json")
                .ok()
                .json()
                .objects("referrers")
                .get(0)
                .requiredString("digest"))
        .isEqualTo(referrer.bytes().digest().toString());
  }

  @Test
  void aRegistryThatDeletesNothingIsExplained() throws Exception {
    var readOnly = EmbeddedRegistryOptions.builder().folder(folder.resolve("kept"));
    try (var other = EmbeddedRegistry.start(readOnly.build())) {
      run.tug("image", "push", images.reference("one"), other.host() + "/a:1").ok();
    }
    try (var other = EmbeddedRegistry.start(readOnly.readOnly().build())) {
      assertThat(run.tug("delete", other.host() + "/a:1", "--yes").failed(1).err())
          .contains("405", "hint: the registry doesn't allow deletion");
    }
  }

  @Test
  void nothingIsDeletedWithoutAYes() {
    assertThat(run.tug("delete", app() + ":1.2.0").failed(2).err()).contains("add --yes");
    assertThat(run.tug("delete", app(), "--yes").failed(2).err()).contains("add :TAG or @DIGEST");
    run.tug("resolve", app() + ":1.2.0").ok();

    run.tug("tag", app() + ":1.2.0", "2").ok();
    run.tug("delete", app() + ":1.2.0", "--yes").ok();
    run.tug("resolve", app() + ":1.2.0").failed(3);
    run.tug("manifest", "delete", app() + "@" + manifest.bytes().digest(), "--yes").ok();
    run.tug("resolve", app() + ":2").failed(3);
    run.tug("delete", app() + ":2", "--yes").failed(3);
  }
}
