package io.github.tugoci.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What each store that is a source and a target does alike, so that a copy needs to know none of
 * them. A store's test implements this and gives a new, empty store.
 *
 * @param <S> the store
 */
public interface ContentStoreContract<S extends ContentSource & ContentTarget>
    extends ContentSourceContract<S>, ContentTargetContract<S> {
  /** The store of this test; the same one each time that it is asked for within a test. */
  S store() throws IOException;

  @Override
  default S target() throws IOException {
    return store();
  }

  @Override
  default S holding(MemoryStore image) throws IOException {
    Copier.copy(image, TAG, store(), List.of(TAG), CopyOptions.defaults());
    return store();
  }

  @Override
  default void assertAbsent(Descriptor descriptor) throws IOException {
    ContentTargetContract.super.assertAbsent(descriptor);
    assertThatThrownBy(() -> store().read(descriptor, Integer.MAX_VALUE))
        .isInstanceOf(NotFoundException.class);
  }

  private Descriptor pushImage(String title, String... tags) throws IOException {
    var empty = Bytes.of("{}");
    var config = Descriptor.of(MediaType.EMPTY_JSON, empty);
    store().push(config, Blob.of(empty));
    var manifest = ImageManifest.builder(config).annotation("title", title).build();
    store().push(manifest.descriptor(), Blob.of(manifest.bytes()), List.of(tags));
    return manifest.descriptor();
  }

  @Test
  default void whatFailedCanBePushedAgain() throws IOException {
    var content = ContentTargetContract.bytes(5000);
    var layer = ContentTargetContract.layer(content);
    assertThatThrownBy(() -> store().push(layer, new BreakingBlob(content)))
        .isInstanceOf(IOException.class);

    assertThat(store().push(layer, Blob.of(content))).isEqualTo(Outcome.TRANSFERRED);
    assertThat(store().read(layer, 5000)).isEqualTo(content);
  }

  @Test
  default void aManifestOfAnotherDigestIsRefusedAndGetsNoTag() throws IOException {
    var image = pushImage("image");
    var other = Descriptor.of(image.mediaType(), Bytes.of("another").digest(), image.size());
    var body = Blob.of(store().read(image, 5000));

    assertThatThrownBy(() -> store().push(other, body, List.of("v1")))
        .isInstanceOf(InvalidContentException.class);

    assertAbsent(other);
    assertThatThrownBy(() -> store().resolve("v1")).isInstanceOf(NotFoundException.class);
  }

  @Test
  default void anUntaggedManifestIsFoundByDigest() throws IOException {
    var image = pushImage("image");

    assertThat(store().exists(image)).isTrue();
    assertThat(store().manifest(image.digest().toString()).descriptor()).isEqualTo(image);
  }

  @Test
  default void whatGotNoTagIsNotFoundByOne() throws IOException {
    var unknown = Descriptor.of(MediaType.OCI_MANIFEST, Bytes.of("unknown"));

    assertThatThrownBy(() -> store().tag(unknown, "v1")).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> store().resolve("v1")).isInstanceOf(NotFoundException.class);
  }

  @Test
  default void aTagMoves() throws IOException {
    var first = pushImage("first", "v1", "stable");
    var second = pushImage("second");

    store().tag(second, "v1");

    assertThat(store().resolve("v1").plain()).isEqualTo(second);
    assertThat(store().resolve("stable").plain()).isEqualTo(first);
    assertThat(store().exists(first)).isTrue();
  }

  @Test
  default void whatRefersToAManifestIsListed() throws IOException {
    var image = pushImage("image", "v1");
    var config = Descriptor.of(MediaType.EMPTY_JSON, Bytes.of("{}"));
    var type = MediaType.parse("application/vnd.example.signature");
    var signature =
        ImageManifest.builder(config)
            .artifactType(type)
            .subject(image)
            .annotation("by", "us")
            .build();
    store().push(signature.descriptor(), Blob.of(signature.bytes()), List.of());

    assertThat(store().referrers(image))
        .containsExactly(signature.asReferrer(signature.descriptor()));
    assertThat(store().referrers(image).get(0).artifactType()).isEqualTo(type);
    assertThat(store().referrers(signature.descriptor())).isEmpty();
  }

  @Test
  default void manyTagAtOnceAndNoTagIsLost() throws Exception {
    var image = pushImage("image");
    var pool = Executors.newFixedThreadPool(8);
    try {
      var tags = IntStream.range(0, 16).mapToObj(i -> "v" + i).toList();
      var tagging =
          tags.stream()
              .map(
                  tag ->
                      (Callable<String>)
                          () -> {
                            store().tag(image, tag);
                            return tag;
                          })
              .toList();
      for (var tag : pool.invokeAll(tagging)) {
        assertThat(store().resolve(tag.get()).plain()).isEqualTo(image);
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
