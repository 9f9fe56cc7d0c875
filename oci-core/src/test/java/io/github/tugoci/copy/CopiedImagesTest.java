package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.LocalSource;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.tar.Gzip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image whose manifest and configuration contradict each other isn't copied. */
class CopiedImagesTest {
  private static final Bytes A = Bytes.of("the first layer, unpacked");
  private static final Bytes B = Bytes.of("the second layer, unpacked");

  private final MemoryStore target = new MemoryStore();
  private final OciLayout layout;

  CopiedImagesTest(@TempDir Path folder) throws IOException {
    layout = OciLayout.create(folder.resolve("layout"));
  }

  /** A source that counts what is fetched from it, as a registry would be asked. */
  private record Remote(ContentSource layout, List<Descriptor> fetched) implements ContentSource {
    @Override
    public Descriptor resolve(Selector selector) throws IOException {
      return layout.resolve(selector);
    }

    @Override
    public InputStream fetch(Descriptor descriptor) throws IOException {
      if (!descriptor.mediaType().isManifest()) {
        fetched.add(descriptor);
      }
      return layout.fetch(descriptor);
    }
  }

  private Descriptor put(MediaType type, Bytes content) throws IOException {
    var descriptor = Descriptor.of(type, content);
    layout.push(descriptor, Blob.of(content));
    return descriptor;
  }

  private Descriptor gzipped(Bytes content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = Gzip.compress(bytes)) {
      gzip.write(content.toArray());
    }
    return put(MediaType.OCI_LAYER_GZIP, Bytes.of(bytes.toByteArray()));
  }

  private Descriptor config(Bytes... layers) throws IOException {
    var ids = Arrays.stream(layers).map(layer -> "\"" + layer.digest() + "\"").toList();
    return put(
        MediaType.OCI_CONFIG,
        Bytes.of("{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":" + ids + "}}"));
  }

  private ImageManifest image(Descriptor config, Descriptor... layers) throws IOException {
    var image = ImageManifest.builder(config).layers(List.of(layers)).build();
    layout.push(image.descriptor(), Blob.of(image.bytes()), List.of(new Tag("v1")));
    return image;
  }

  private void copy(ContentSource source) throws IOException {
    Copier.copy(source, "v1", target, List.of("v1"), CopyOptions.defaults());
  }

  private void assertRefused(ContentSource source, String message) {
    assertThatThrownBy(() -> copy(source))
        .isInstanceOfSatisfying(
            InvalidContentException.class,
            e -> assertThat(e.isReceived()).isEqualTo(!LocalSource.isLocal(source)))
        .hasMessageContaining("source " + source)
        .hasMessageContaining(message);
    assertThat(target.tags()).isEmpty();
  }

  private Remote remote() {
    return new Remote(layout, Collections.synchronizedList(new ArrayList<>()));
  }

  @Test
  void anImageThatFitsIsCopied() throws Exception {
    var image = image(config(A, B), gzipped(A), put(MediaType.OCI_LAYER, B));
    copy(layout);
    assertThat(target.manifest(Selector.parse("v1"))).isEqualTo(image);
  }

  @Test
  void aLayoutsImageIsRefusedBeforeAnythingMoves() throws Exception {
    var image = image(config(A, B), gzipped(A));

    assertRefused(layout, "lists 1 layers");
    assertThat(image.children()).noneMatch(target::exists);
  }

  @Test
  void aLayoutsImageIsRefusedThoughTheTargetHasItsConfiguration() throws Exception {
    var config = config(A, B);
    target.add(config, Blob.of(layout, config));
    image(config);

    assertRefused(layout, "lists 0 layers");
  }

  @Test
  void layersInAWrongOrderAreRefused() throws Exception {
    image(config(A, B), gzipped(B), gzipped(A));
    assertRefused(layout, "but it unpacks to ");

    image(config(A, B), put(MediaType.OCI_LAYER, B), put(MediaType.OCI_LAYER, A));
    assertRefused(layout, "is another one, not compressed");
  }

  @Test
  void aLayerThatCannotBeUnpackedIsRefused() throws Exception {
    var whole = layout.read(gzipped(A), 1000).toArray();
    var cut = put(MediaType.OCI_LAYER_GZIP, Bytes.of(Arrays.copyOf(whole, whole.length - 9)));
    image(config(A), cut);

    assertRefused(layout, "cannot unpack layer " + cut.digest());
  }

  @Test
  void aLayerOfAnotherCompressionThanItsTypeSaysPasses() throws Exception {
    var gzip = gzipped(A);
    image(config(A), gzip.withMediaType(MediaType.OCI_LAYER));
    copy(layout);
    assertThat(target.exists(gzip)).isTrue();
  }

  @Test
  void aRegistrysImageIsRefusedBeforeItsManifestMoves() throws Exception {
    image(config(A, B), gzipped(A));
    var remote = remote();

    assertRefused(remote, "lists 1 layers");
    assertThat(remote.fetched()).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void aRegistrysLayersInAWrongOrderAreRefusedAsTheyPass() throws Exception {
    image(config(A, B), gzipped(B), gzipped(A));
    var remote = remote();
    assertRefused(remote, "but it unpacks to ");
    assertThat(remote.fetched()).hasSize(3).doesNotHaveDuplicates();

    image(config(A, B), put(MediaType.OCI_LAYER, B), put(MediaType.OCI_LAYER, A));
    assertRefused(remote(), "is another one, not compressed");
  }

  @Test
  void aRegistrysLayersAreComparedWithAConfigurationThatALocalTargetHas() throws Exception {
    var config = config(A);
    target.add(config, Blob.of(layout, config));
    image(config, gzipped(B));

    assertRefused(remote(), "but it unpacks to ");
  }

  @Test
  void aRegistrysLargeLayersPassUncompared() throws Exception {
    var large = put(MediaType.OCI_LAYER, Bytes.of("x".repeat(5 << 20)));
    image(config(A, B), gzipped(A), large);

    copy(remote());

    assertThat(target.exists(large)).isTrue();
  }

  @Test
  void aRegistryIsNotAskedForAConfigurationToCheckIt() throws Exception {
    var layer = gzipped(A);
    var config = config(A);
    target.add(config, Blob.of(layout, config));
    image(config, layer);
    var remote = remote();

    copy(remote);

    assertThat(remote.fetched()).containsExactly(layer);
  }

  @Test
  void aConfigurationThatALocalTargetHasIsReadThere() throws Exception {
    var config = config(A, B);
    target.add(config, Blob.of(layout, config));
    image(config, gzipped(A));
    var remote = remote();

    assertRefused(remote, "lists 1 layers");
    assertThat(remote.fetched()).isEmpty();
  }

  @Test
  void aConfigurationInItsDescriptorIsChecked() throws Exception {
    var config = config(A, B);
    var embedded =
        new Descriptor(
            config.mediaType(),
            config.digest(),
            config.size(),
            List.of(),
            Map.of(),
            null,
            null,
            layout.read(config, 1000),
            Map.of());
    image(embedded, gzipped(A));
    var remote = remote();

    assertRefused(remote, "lists 1 layers");
    assertThat(remote.fetched()).isEmpty();
  }

  @Test
  void aSparseLayoutIsCopiedToWhoHasTheRest() throws Exception {
    var layer = gzipped(A);
    var config = config(A);
    target.add(config, Blob.of(layout.read(config, 1000)));
    target.add(layer, Blob.of(layout.read(layer, 1000)));
    image(config, layer);
    for (var blob : List.of(layer, config)) {
      Files.delete(layout.directory().resolve("blobs/sha256").resolve(blob.digest().hex()));
    }

    copy(layout);

    assertThat(target.tags()).containsExactly("v1");
    assertThatThrownBy(
            () -> Copier.copy(layout, "v1", new MemoryStore(), List.of(), CopyOptions.defaults()))
        .isInstanceOf(NotFoundException.class);
  }
}
