package io.github.tugoci.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.tar.TarEntry;
import io.github.tugoci.tar.TarFile;
import io.github.tugoci.tar.TarLimits;
import io.github.tugoci.tar.TarWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Docker's archives as we write them, and what is read from one that has a layout beside. */
class DockerArchiveTest {
  private static final Bytes PLAIN = Bytes.of("a layer, unpacked");
  private static final Bytes ZSTD = Bytes.of(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1});

  private final MemoryStore store = new MemoryStore();
  private final Path file;

  DockerArchiveTest(@TempDir Path folder) {
    this.file = folder.resolve("image.tar");
  }

  private ImageManifest image(String tag, Descriptor... layers) throws IOException {
    var ids = List.of(layers).stream().map(layer -> "\"" + PLAIN.digest() + "\"").toList();
    var config =
        "{'os':'linux','architecture':'amd64','author':'%s','rootfs':{'diff_ids':%s}}"
            .formatted(tag, ids)
            .replace('\'', '"');
    return tagged(
        tag,
        ImageManifest.builder(store.add(MediaType.OCI_CONFIG, Bytes.of(config)))
            .layers(List.of(layers))
            .build());
  }

  private <M extends Manifest> M tagged(String tag, M manifest) throws IOException {
    store.tag(store.add(manifest), new Tag(tag));
    return manifest;
  }

  private void write(String tag, String... names) throws IOException {
    DockerArchive.write(
        file, target -> Copier.copy(store, tag, target, List.of(names), CopyOptions.defaults()));
  }

  private String text(String name) throws IOException {
    try (var in = TarFile.open(file, TarLimits.NONE).open(name).orElseThrow()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private Digest digest(@Nullable String name) throws IOException {
    try (var archive = DockerArchive.open(file, name)) {
      return archive.resolve(Selector.parse(archive.tag())).digest();
    }
  }

  @Test
  void anImageHasItsNamesInBothLists() throws Exception {
    var image = image("v1", store.add(MediaType.OCI_LAYER_ZSTD, ZSTD));

    write("v1", "app:1.0", "ghcr.io/acme/app:2.0", "acme/app:3.0");

    assertThat(DockerArchive.names(file))
        .containsExactly("app:1.0", "ghcr.io/acme/app:2.0", "acme/app:3.0");
    assertThat(text("index.json"))
        .contains(
            "\"docker.io/library/app:1.0\"",
            "\"ghcr.io/acme/app:2.0\"",
            "\"docker.io/acme/app:3.0\"");
    assertThat(OciArchive.open(file).tags()).containsExactly("1.0", "2.0", "3.0");
    for (var name : DockerArchive.names(file)) {
      assertThat(digest(name)).isEqualTo(image.descriptor().digest());
    }
    assertThat(text("manifest.json"))
        .contains("\"Layers\":[\"blobs/sha256/" + ZSTD.digest().hex() + "\"]");
  }

  @Test
  void severalImagesGoIntoOneArchiveAndANameMoves() throws Exception {
    var first = image("v1", store.add(MediaType.OCI_LAYER_ZSTD, ZSTD));
    var second = image("v2", store.add(MediaType.OCI_LAYER_ZSTD, ZSTD));

    DockerArchive.write(
        file,
        target -> {
          var options = CopyOptions.defaults();
          Copier.copy(store, "v1", target, List.of("a/b:1", "a/b:latest"), options);
          return Copier.copy(store, "v2", target, List.of("a/b:latest"), options);
        });

    assertThat(DockerArchive.names(file)).containsExactly("a/b:1", "a/b:latest");
    assertThat(digest("a/b:1")).isEqualTo(first.descriptor().digest());
    assertThat(digest("a/b:latest")).isEqualTo(second.descriptor().digest());
  }

  @Test
  void imagesOfOneConfigurationAreToldApartByTheirNames() throws Exception {
    var plain = image("v1", store.add(MediaType.OCI_LAYER, PLAIN));
    var packed =
        ImageManifest.builder(plain.config()).layer(store.add(MediaType.OCI_LAYER_ZSTD, ZSTD));
    var first = tagged("v2", packed.build());
    var second = tagged("v3", packed.annotation("by", "us").build());

    DockerArchive.write(
        file,
        target -> {
          Copier.copy(store, "v2", target, List.of("app:1"), CopyOptions.defaults());
          return Copier.copy(store, "v3", target, List.of("app:2"), CopyOptions.defaults());
        });

    assertThat(digest("app:1")).isEqualTo(first.descriptor().digest());
    assertThat(digest("app:2")).isEqualTo(second.descriptor().digest());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app:1",
        "docker.io/app:1",
        "docker.io/library/app:1",
        "library/app:1",
        "index.docker.io/library/app:1"
      })
  void anImageIsFoundByEachFormOfItsName(String name) throws Exception {
    var image = image("v1", store.add(MediaType.OCI_LAYER_ZSTD, ZSTD));
    write("v1", "app:1");

    assertThat(digest(name)).isEqualTo(image.descriptor().digest());
    assertThatThrownBy(() -> digest("acme/app:1")).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> digest("ghcr.io/library/app:1")).isInstanceOf(NotFoundException.class);
  }

  @Test
  void aTagWithoutANameIsInTheLayoutOnly() throws Exception {
    var image = image("v1");

    write("v1", "1.0");

    assertThat(DockerArchive.names(file)).isEmpty();
    assertThat(OciArchive.open(file).tags()).containsExactly("1.0");
    assertThat(digest(null)).isEqualTo(image.descriptor().digest());
  }

  @Test
  void theSameContentGivesTheSameBytes() throws Exception {
    image("v1", store.add(MediaType.OCI_LAYER_ZSTD, ZSTD), store.add(MediaType.OCI_LAYER, PLAIN));
    var options = CopyOptions.builder().concurrency(1).build();
    var other = file.resolveSibling("other.tar");
    for (var to : List.of(file, other)) {
      DockerArchive.write(
          to, target -> Copier.copy(store, "v1", target, List.of("a/b:1"), options));
    }

    assertThat(other).hasSameBinaryContentAs(file);
  }

  @Test
  void whatDockerCouldntLoadIsRefusedAndNoFileLeft() throws Exception {
    var image = image("v1");
    tagged("index", ImageIndex.of(List.of(image.descriptor()), Map.of()));
    var empty = store.add(MediaType.EMPTY_JSON, Bytes.of("{}"));
    tagged("artifact", ImageManifest.builder(empty).build());
    var foreign = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";
    image("foreign", Descriptor.of(new MediaType(foreign), PLAIN));

    assertRefused("index", "choose one image of an index by its platform");
    assertRefused("artifact", "not an image");
    assertRefused("foreign", "lacks its layer " + PLAIN.digest());
    assertThatThrownBy(() -> write("v1", "Upper:1")).isInstanceOf(InvalidReferenceException.class);
    assertThat(file).doesNotExist();
  }

  private void assertRefused(String tag, String message) {
    assertThatThrownBy(() -> write(tag, "a/b:1"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void anArchiveWithAPieceThatFailedIsNeverFinished() {
    var wrong = Descriptor.of(MediaType.OCI_LAYER, PLAIN);

    assertThatThrownBy(
            () ->
                DockerArchive.write(
                    file,
                    target -> {
                      assertThatThrownBy(() -> target.push(wrong, Blob.of(ZSTD)))
                          .isInstanceOf(InvalidContentException.class);
                      return true;
                    }))
        .hasMessageContaining("a write failed");
    assertThat(file).doesNotExist();
  }

  @Test
  void aManifestThatDockerMadeUpForUnpackedLayersIsNotTaken() throws Exception {
    var image = image("v1", store.add(MediaType.OCI_LAYER, PLAIN));
    write("v1", "a/b:1");

    try (var archive = DockerArchive.open(file, null)) {
      var made = (ImageManifest) archive.manifest(Selector.parse("1"));
      assertThat(made.config().digest()).isEqualTo(image.config().digest());
      assertThat(made.layers().get(0).mediaType()).isEqualTo(MediaType.OCI_LAYER_GZIP);
    }
  }

  @Test
  void aLayoutWithoutAllBlobsIsLeftAlone() throws Exception {
    var config = "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"diff_ids\":[\"%s\"]}}";
    var bytes = Bytes.of(config.formatted(PLAIN.digest()));
    var absent = Descriptor.of(MediaType.OCI_LAYER_ZSTD, Bytes.of("absent"));
    var manifest =
        ImageManifest.builder(Descriptor.of(MediaType.OCI_CONFIG, bytes)).layer(absent).build();
    var blobs = "blobs/sha256/";
    try (var tar = new TarWriter(Files.newOutputStream(file))) {
      add(tar, "oci-layout", Bytes.of("{\"imageLayoutVersion\":\"1.0.0\"}"));
      add(tar, "index.json", ImageIndex.of(List.of(manifest.descriptor()), Map.of()).bytes());
      add(tar, blobs + manifest.descriptor().digest().hex(), manifest.bytes());
      add(tar, blobs + bytes.digest().hex(), bytes);
      add(tar, "layer.tar", ZSTD);
      tar.add(
          new TarEntry(
              "./old/layer.tar",
              TarEntry.Type.HARD_LINK,
              0,
              0644,
              0,
              0,
              Instant.EPOCH,
              "layer.tar"),
          new byte[0]);
      add(
          tar,
          "manifest.json",
          Bytes.of(
              "[{\"Config\":\"%s\",\"RepoTags\":[],\"Layers\":[\"old/layer.tar\"]}]"
                  .formatted(blobs + bytes.digest().hex())));
    }

    try (var archive = DockerArchive.open(file, null)) {
      var made = (ImageManifest) archive.manifest(Selector.parse("latest"));
      assertThat(made.layers()).containsExactly(Descriptor.of(MediaType.OCI_LAYER_ZSTD, ZSTD));
      assertThat(archive.read(made.layers().get(0), 10)).isEqualTo(ZSTD);
      assertThat(archive.name()).isEmpty();
    }
  }

  private static void add(TarWriter tar, String name, Bytes content) throws IOException {
    tar.add(TarEntry.file(name, content.size(), Instant.EPOCH), content.toArray());
  }
}
