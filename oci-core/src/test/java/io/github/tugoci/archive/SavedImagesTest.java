package io.github.tugoci.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.tar.Gzip;
import io.github.tugoci.tar.TarEntry;
import io.github.tugoci.tar.TarWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Archives that describe an image twice, in Docker's list and in a layout beside it: what fits is
 * taken, and a contradiction is refused.
 */
class SavedImagesTest {
  private static final String NAME = "t/app:1";
  private static final Bytes A = Bytes.of("the first layer, unpacked");
  private static final Bytes B = Bytes.of("the second layer, unpacked");

  private final Map<String, Bytes> files = new LinkedHashMap<>();
  private final List<Descriptor> roots = new ArrayList<>();
  private final Path file;

  SavedImagesTest(@TempDir Path folder) {
    file = folder.resolve("image.tar");
  }

  private Descriptor blob(MediaType type, Bytes content) {
    files.put(path(content), content);
    return Descriptor.of(type, content);
  }

  private static String path(Bytes content) {
    return "blobs/sha256/" + content.digest().hex();
  }

  private static Bytes gzip(Bytes content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = Gzip.compress(bytes)) {
      gzip.write(content.toArray());
    }
    return Bytes.of(bytes.toByteArray());
  }

  private static Bytes config(Bytes... layers) {
    var ids = Arrays.stream(layers).map(layer -> "\"" + layer.digest() + "\"").toList();
    return Bytes.of(
        "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":"
            + ids
            + "}}");
  }

  /** Docker's list. */
  private void list(Bytes config, Bytes... layers) {
    files.put(path(config), config);
    for (var layer : layers) {
      files.put(path(layer), layer);
    }
    var paths =
        Arrays.stream(layers).map(layer -> "\"" + path(layer) + "\"").collect(Collectors.toList());
    files.put(
        "manifest.json",
        Bytes.of(
            "[{\"Config\":\"%s\",\"RepoTags\":[\"%s\"],\"Layers\":%s}]"
                .formatted(path(config), NAME, paths)));
  }

  /** The layout's entry. */
  private ImageManifest entry(Bytes config, Bytes... layers) {
    var image = ImageManifest.builder(blob(MediaType.OCI_CONFIG, config));
    for (var layer : layers) {
      boolean plain = layer.equals(A) || layer.equals(B);
      image.layer(blob(plain ? MediaType.OCI_LAYER : MediaType.OCI_LAYER_GZIP, layer));
    }
    var built = image.build();
    roots.add(
        blob(MediaType.OCI_MANIFEST, built.bytes())
            .withAnnotations(
                Map.of(
                    Annotations.CONTAINERD_NAME, "docker.io/" + NAME, Annotations.REF_NAME, "1")));
    return built;
  }

  /** The image as a copy of it comes out, with its layers unpacked or as they are. */
  private ImageManifest read() throws IOException {
    files.put("oci-layout", Bytes.of("{\"imageLayoutVersion\":\"1.0.0\"}"));
    files.putIfAbsent("index.json", ImageIndex.of(roots, Map.of()).bytes());
    try (var tar = new TarWriter(Files.newOutputStream(file))) {
      for (var entry : files.entrySet()) {
        tar.add(
            TarEntry.file(entry.getKey(), entry.getValue().size(), Instant.EPOCH),
            entry.getValue().toArray());
      }
    }
    var target = new MemoryStore();
    try (var archive = DockerArchive.open(file, NAME)) {
      Copier.copy(archive, archive.tag(), target, List.of("1"), CopyOptions.defaults());
    }
    return (ImageManifest) target.manifest(Selector.parse("1"));
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aManifestWithoutTheLayersIsPassedOver() throws Exception {
    list(config(A, B), A, B);
    entry(config(A, B));

    assertThat(read().layers()).hasSize(2);
  }

  @Test
  void aManifestWithLayersMissingOrTooManyIsPassedOver() throws Exception {
    list(config(A, B), gzip(A), gzip(B));
    entry(config(A, B), gzip(A));
    entry(config(A, B), gzip(A), gzip(B), gzip(A));

    assertThat(read().layers())
        .extracting(Descriptor::digest)
        .containsExactly(gzip(A).digest(), gzip(B).digest());
  }

  @Test
  void aManifestWithTheLayersInAnotherOrderIsPassedOver() throws Exception {
    list(config(A, B), gzip(A), gzip(B));
    entry(config(A, B), gzip(B), gzip(A));

    assertThat(read().layers())
        .extracting(Descriptor::digest)
        .containsExactly(gzip(A).digest(), gzip(B).digest());
  }

  @Test
  void aMalformedLayoutIsPassedOver() throws Exception {
    list(config(A), A);
    files.put("index.json", Bytes.of("{\"manifests\":[{}]}"));
    assertThat(read().layers()).hasSize(1);

    files.remove("index.json");
    var broken = Bytes.of("{\"schemaVersion\":2}");
    roots.add(blob(MediaType.OCI_MANIFEST, broken));
    assertThat(read().layers()).hasSize(1);
  }

  @Test
  void theLayoutsManifestIsTakenWhereDockersListLacksLayers() throws Exception {
    list(config(A, B), gzip(A));
    var original = entry(config(A, B), gzip(A), gzip(B));
    assertThat(read()).isEqualTo(original);

    files.clear();
    roots.clear();
    list(config(A, B));
    entry(config(A, B), A, B);
    assertThat(read().layers()).hasSize(2);
  }

  @Test
  void noneThatFitsIsRefused() throws Exception {
    list(config(A, B), A);
    entry(config(A, B));

    assertRefused("lists 1 layers");
  }

  @Test
  void twoWholeImagesOfOneNameAreRefused() throws Exception {
    list(config(A), A);
    entry(config(B), gzip(B));

    assertRefused("describes two images as t/app:1");
  }

  @Test
  void anotherImageThatIsNotWholeIsPassedOver() throws Exception {
    list(config(A), A);
    entry(config(A, B), gzip(B));

    assertThat(read().layers()).hasSize(1);
  }

  @Test
  void aConfigurationThatIsNotWhatItsNameSaysIsRefused() throws Exception {
    list(config(A), A);
    files.put(path(config(A)), Bytes.of(config(A).toString().replace("amd64", "arm64")));

    assertRefused("has the digest ");
  }

  @Test
  void compressedLayersThatAreNotWhatTheConfigurationSaysAreRefused() throws Exception {
    list(config(A, B), gzip(B), gzip(A));
    assertRefused("should be " + A.digest());

    var cut = gzip(A).toArray();
    list(config(A), Bytes.of(Arrays.copyOf(cut, cut.length - 9)));
    assertRefused("cannot unpack");

    list(config(A, B), A, A);
    assertRefused("should be " + B.digest());
  }

  @Test
  void bothDescriptionsInAWrongOrderAreRefused() throws Exception {
    list(config(A, B), gzip(B), gzip(A));
    entry(config(A, B), gzip(B), gzip(A));

    assertRefused("unpacks to ");
  }
}
