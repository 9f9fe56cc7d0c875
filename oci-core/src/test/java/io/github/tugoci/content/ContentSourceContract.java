package io.github.tugoci.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/**
 * What each source does alike. A source's test implements this and gives one that holds an image.
 *
 * @param <S> the source
 */
public interface ContentSourceContract<S extends ContentSource> {
  /** What the image is called. */
  String TAG = "v1";

  /** A source with the image that a store has under {@link #TAG}, under the same tag. */
  S holding(MemoryStore image) throws IOException;

  /** The image: layers small, empty, big, and named by the other algorithm. */
  private static ImageManifest image(MemoryStore store) throws IOException {
    var layers = List.of("small", "", "big".repeat(1_000_000), "sha512");
    var ids = new ArrayList<String>();
    var descriptors = new ArrayList<Descriptor>();
    for (var layer : layers) {
      var bytes = Bytes.of(layer);
      var algorithm = layer.equals("sha512") ? Digest.Algorithm.SHA512 : Digest.Algorithm.SHA256;
      var descriptor =
          Descriptor.of(MediaType.OCI_LAYER_GZIP, bytes.digest(algorithm), bytes.size());
      store.push(descriptor, Blob.of(bytes));
      descriptors.add(descriptor);
      ids.add("\"" + bytes.digest() + "\"");
    }
    var config =
        store.add(
            MediaType.OCI_CONFIG,
            Bytes.of(
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"diff_ids\":"
                    + ids
                    + "}}"));
    var manifest =
        ImageManifest.builder(config).layers(descriptors).annotation("title", "image").build();
    store.tag(store.add(manifest), new Tag(TAG));
    return manifest;
  }

  private static byte[] read(ContentSource source, Descriptor descriptor) throws IOException {
    try (var in = source.fetch(descriptor)) {
      return in.readAllBytes();
    }
  }

  @Test
  default void anImageIsFoundByTagAndByDigest() throws IOException {
    var memory = new MemoryStore();
    var image = image(memory);
    var source = holding(memory);

    assertThat(source.resolve(Selector.parse(TAG)).plain()).isEqualTo(image.descriptor());
    assertThat(source.resolve(image.descriptor().digest()).plain()).isEqualTo(image.descriptor());
    assertThat(source.manifest(Selector.parse(TAG)).annotations())
        .isEqualTo(Map.of("title", "image"));
    assertThat(source.manifest(image.descriptor()).bytes()).isEqualTo(image.bytes());
  }

  @Test
  default void itsBlobsAreReadByteForByte() throws IOException {
    var memory = new MemoryStore();
    var image = image(memory);
    var source = holding(memory);

    for (var child : image.children()) {
      assertThat(read(source, child)).isEqualTo(read(memory, child));
    }
  }

  @Test
  default void manyReadAtOnce() throws Exception {
    var memory = new MemoryStore();
    var image = image(memory);
    var source = holding(memory);
    var pool = Executors.newFixedThreadPool(8);
    try {
      var reads = new ArrayList<Callable<Digest>>();
      for (int i = 0; i < 4; i++) {
        for (var child : image.children()) {
          reads.add(() -> Bytes.of(read(source, child)).digest(child.digest().algorithm()));
        }
      }
      var results = pool.invokeAll(reads);
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).get())
            .isEqualTo(image.children().get(i % image.children().size()).digest());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  default void contentOfAnotherSizeIsRefusedWhenItIsRead() throws IOException {
    var memory = new MemoryStore();
    var layer = image(memory).layers().get(2);
    var source = holding(memory);

    for (var size : new long[] {layer.size() - 1, layer.size() + 1}) {
      assertThatThrownBy(() -> read(source, Descriptor.of(layer.mediaType(), layer.digest(), size)))
          .isInstanceOf(InvalidContentException.class);
    }
  }

  @Test
  default void whatNobodyPutThereIsNotFound() throws IOException {
    var memory = new MemoryStore();
    image(memory);
    var source = holding(memory);
    var unknown = Descriptor.of(MediaType.OCI_MANIFEST, Bytes.of("unknown"));

    assertThatThrownBy(() -> read(source, unknown)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> source.resolve(Selector.parse("v2")))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> source.manifest(Selector.parse("v2")))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> source.resolve(unknown.digest()))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  default void smallContentIsReadUpToALimit() throws IOException {
    var memory = new MemoryStore();
    var layer = image(memory).layers().get(0);
    var source = holding(memory);

    assertThat(source.read(layer, 5).toArray()).isEqualTo("small".getBytes(UTF_8));
    assertThatThrownBy(() -> source.read(layer, 4))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("over the limit of 4");
  }
}
