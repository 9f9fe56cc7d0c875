package io.github.tugoci.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.tar.Gzip;
import io.github.tugoci.tar.TarEntry;
import io.github.tugoci.tar.TarWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of images, good ones and those that somebody broke. */
class ArchivesTest {
  private static final Bytes LAYER = Bytes.of("a layer, unpacked");

  private final Path temp;
  private final Path file;

  ArchivesTest(@TempDir Path temp) {
    this.temp = temp;
    this.file = temp.resolve("image.tar");
  }

  /** Writes a tar of names and contents; {@code name>target} is a symbolic link. */
  private void tar(String... namesAndContents) throws IOException {
    try (var tar = new TarWriter(Files.newOutputStream(file))) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        var name = namesAndContents[i];
        var bytes = namesAndContents[i + 1].getBytes(UTF_8);
        if (name.contains(">")) {
          var parts = name.split(">", 2);
          tar.add(
              new TarEntry(
                  parts[0], TarEntry.Type.SYMBOLIC_LINK, 0, 0777, 0, 0, Instant.EPOCH, parts[1]),
              new byte[0]);
        } else {
          tar.add(TarEntry.file(name, bytes.length, Instant.EPOCH), bytes);
        }
      }
    }
  }

  private static String config(Bytes... layers) {
    var ids = List.of(layers).stream().map(layer -> "\"" + layer.digest() + "\"").toList();
    return "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"diff_ids\":" + ids + "}}";
  }

  private static String index(String layers) {
    return "[{\"Config\":\"c.json\",\"RepoTags\":[\"acme/app:1.0\",\"acme/app:2.0\"],\"Layers\":["
        + layers
        + "]}]";
  }

  private ImageManifest read(String name) throws IOException {
    try (var archive = DockerArchive.open(file, name)) {
      var out = OciLayout.create(temp.resolve("out"));
      Copier.copy(archive, archive.tag(), out, List.of(archive.tag()), CopyOptions.defaults());
      var manifest = (ImageManifest) out.manifest(Selector.parse(archive.tag()));
      for (var layer : manifest.layers()) {
        assertThat(layer.mediaType()).isEqualTo(MediaType.OCI_LAYER_GZIP);
        try (var in = new GZIPInputStream(out.fetch(layer))) {
          assertThat(in.readAllBytes()).isEqualTo(LAYER.toArray());
        }
      }
      return manifest;
    }
  }

  @Test
  void layersAreCompressedAndLinkedOnesFollowed() throws Exception {
    tar(
        "manifest.json",
        index("\"a/layer.tar\",\"b/layer.tar\""),
        "c.json",
        config(LAYER, LAYER),
        "a/layer.tar",
        "a layer, unpacked",
        "b/layer.tar>../a/layer.tar",
        "");

    assertThat(read("acme/app:2.0").layers()).hasSize(2);
    assertThat(DockerArchive.names(file)).containsExactly("acme/app:1.0", "acme/app:2.0");
    assertThat(OciLayout.open(temp.resolve("out")).tags()).containsExactly("2.0");
  }

  @Test
  void aLayerThatIsntWhatTheConfigurationSaysIsRefused() throws Exception {
    tar("manifest.json", index("\"l\""), "c.json", config(Bytes.of("other")), "l", "x");
    assertRefused("the layer l");
    tar("manifest.json", index("\"l\""), "c.json", config(), "l", "x");
    assertRefused("manifest.json lists 1 layers, the image's config c.json has 0 diff_ids");
    tar("manifest.json", index("\"l\""), "c.json", config(LAYER));
    assertRefused("the layer l is missing");
    tar("manifest.json", index(""));
    assertRefused("it has no c.json");
    tar("other.json", "{}");
    assertRefused("not a docker-archive");
    tar("manifest.json", "{}");
    assertRefused("is not a JSON array");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> read("acme/app:1.0"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("image.tar");
  }

  @Test
  void ofSeveralImagesOneMustBeNamed() throws Exception {
    tar(
        "manifest.json",
        "[{\"Config\":\"a\",\"RepoTags\":[\"a:1\"],\"Layers\":[]},"
            + "{\"Config\":\"b\",\"RepoTags\":null,\"Layers\":[]}]",
        "a",
        config());

    assertThat(DockerArchive.open(file, "a:1").tag()).isEqualTo("1");
    assertThatThrownBy(() -> DockerArchive.open(file, null))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("has 2 images; name one of [a:1, @1]");
    assertThatThrownBy(() -> DockerArchive.open(file, "b:1"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("which has [a:1, @1]");
  }

  @Test
  void whatIsNoTarIsRefused() throws Exception {
    Files.writeString(file, "this is no archive at all, however long it may be".repeat(20));
    assertThatThrownBy(() -> OciArchive.open(file))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("image.tar");
    try (var gzip = Gzip.compress(Files.newOutputStream(file))) {
      gzip.write(1);
    }
    assertThatThrownBy(() -> OciArchive.open(file))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("compressed as a whole");
    tar("some", "thing");
    assertThatThrownBy(() -> OciArchive.open(file))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("not an OCI layout");
    assertThatThrownBy(() -> OciArchive.open(temp.resolve("none")))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void anArchiveIsThereWholeOrNotAtAll() throws Exception {
    var images = SampleImages.in(temp.resolve("images")).image("v1", 1000).image("v2", 2000);
    var layout = OciLayout.open(images.layout());
    var target = temp.resolve("new/image.tar");
    var options = CopyOptions.builder().concurrency(1).build();
    OciArchive.write(target, archive -> Copier.copy(layout, "v1", archive, List.of("v1"), options));

    assertThatThrownBy(
            () ->
                OciArchive.write(
                    target,
                    archive -> {
                      Copier.copy(layout, "v2", archive, List.of("v2"), options);
                      throw new IOException("the disk is full");
                    }))
        .hasMessage("the disk is full");

    var archive = OciArchive.open(target);
    assertThat(archive.tags()).containsExactly("v1");
    assertThat(archive.resolve(Selector.parse("v1")).digest())
        .isEqualTo(images.descriptor("v1").digest());
    try (var files = Files.list(target.getParent())) {
      assertThat(files).containsExactly(target);
    }
  }
}
