package io.github.tugoci.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each store does alike, so that a copy needs to know none of them. A store's test implements
 * this and gives a new, empty store.
 *
 * @param <S> the store
 */
public interface ContentStoreContract<S extends ContentSource & ContentTarget> {
  /** The store of this test; the same one each time that it is asked for within a test. */
  S store() throws IOException;

  private static Bytes bytes(int size) {
    return Bytes.of("x".repeat(size));
  }

  private static Descriptor layer(Bytes content) {
    return Descriptor.of(MediaType.OCI_LAYER, content);
  }

  private Descriptor pushImage(String title, String... tags) throws IOException {
    var empty = Bytes.of("{}");
    var config = Descriptor.of(MediaType.EMPTY_JSON, empty);
    store().push(config, Blob.of(empty));
    var manifest = ImageManifest.builder(config).annotation("title", title).build();
    store().push(manifest.descriptor(), Blob.of(manifest.bytes()), List.of(tags));
    return manifest.descriptor();
  }

  private void assertAbsent(Descriptor descriptor) throws IOException {
    assertThat(store().exists(descriptor)).isFalse();
    assertThatThrownBy(() -> read(descriptor)).isInstanceOf(NotFoundException.class);
  }

  private byte[] read(Descriptor descriptor) throws IOException {
    try (var in = store().fetch(descriptor)) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5000, 3_000_000})
  default void whatIsPushedCanBeFetched(int size) throws IOException {
    var content = bytes(size);
    var descriptor = layer(content);

    assertThat(store().exists(descriptor)).isFalse();
    assertThat(store().push(descriptor, Blob.of(content))).isEqualTo(Outcome.TRANSFERRED);

    assertThat(store().exists(descriptor)).isTrue();
    assertThat(read(descriptor)).isEqualTo(content.toArray());
  }

  @ParameterizedTest
  @EnumSource(Digest.Algorithm.class)
  default void contentIsNamedByEitherAlgorithm(Digest.Algorithm algorithm) throws IOException {
    var content = Bytes.of("content");
    var descriptor = Descriptor.of(MediaType.OCI_LAYER, content.digest(algorithm), content.size());

    store().push(descriptor, Blob.of(content));

    assertThat(read(descriptor)).isEqualTo("content".getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 3_000_000})
  default void contentOfAnotherDigestIsRefusedAndNotKept(int size) throws IOException {
    var descriptor = layer(bytes(size));
    var other = Bytes.of("y".repeat(size));

    assertThatThrownBy(() -> store().push(descriptor, Blob.of(other)))
        .isInstanceOf(InvalidContentException.class);

    assertAbsent(descriptor);
    assertAbsent(layer(other));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  default void contentOfAnotherSizeIsRefusedAndNotKept(int difference) throws IOException {
    var content = bytes(5000);
    var descriptor =
        Descriptor.of(MediaType.OCI_LAYER, content.digest(), content.size() + difference);

    assertThatThrownBy(() -> store().push(descriptor, Blob.of(content)))
        .isInstanceOf(InvalidContentException.class);

    assertAbsent(layer(content));
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
  default void aBodyThatBreaksLeavesNothing() throws IOException {
    var content = bytes(5000);
    var broken = new BreakingBlob(content);

    assertThatThrownBy(() -> store().push(layer(content), broken)).isInstanceOf(IOException.class);

    assertAbsent(layer(content));
    assertThat(store().push(layer(content), Blob.of(content))).isEqualTo(Outcome.TRANSFERRED);
  }

  @Test
  default void whatIsThereIsNotMovedAgain() throws IOException {
    var content = bytes(5000);
    store().push(layer(content), Blob.of(content));

    assertThat(store().push(layer(content), new BreakingBlob(content))).isEqualTo(Outcome.SKIPPED);
  }

  @Test
  default void manyPushOneBlobAtOnce() throws Exception {
    var content = bytes(200_000);
    var pool = Executors.newFixedThreadPool(8);
    try {
      Callable<Outcome> push = () -> store().push(layer(content), Blob.of(content));
      for (var outcome : pool.invokeAll(IntStream.range(0, 16).mapToObj(i -> push).toList())) {
        assertThat(outcome.get()).isIn(Outcome.TRANSFERRED, Outcome.SKIPPED);
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(read(layer(content))).isEqualTo(content.toArray());
  }

  @Test
  default void aManifestIsFoundByTagAndByDigest() throws IOException {
    var image = pushImage("image", "v1", "latest");

    assertThat(store().resolve("v1").plain()).isEqualTo(image);
    assertThat(store().resolve("latest").plain()).isEqualTo(image);
    assertThat(store().resolve(image.digest().toString()).plain()).isEqualTo(image);
    assertThat(store().manifest("v1").annotations()).isEqualTo(Map.of("title", "image"));
    assertThat(Bytes.of(read(image)).digest()).isEqualTo(image.digest());
  }

  @Test
  default void anUntaggedManifestIsFoundByDigest() throws IOException {
    var image = pushImage("image");

    assertThat(store().exists(image)).isTrue();
    assertThat(store().manifest(image.digest().toString()).descriptor()).isEqualTo(image);
  }

  @Test
  default void whatIsUnknownIsNotFound() throws IOException {
    var unknown = Descriptor.of(MediaType.OCI_MANIFEST, Bytes.of("unknown"));

    assertAbsent(unknown);
    assertThatThrownBy(() -> store().resolve("v1")).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> store().manifest("v1")).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> store().resolve(unknown.digest().toString()))
        .isInstanceOf(NotFoundException.class);
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
  default void smallContentIsReadUpToALimit() throws IOException {
    var content = bytes(100);
    store().push(layer(content), Blob.of(content));

    assertThat(store().read(layer(content), 100)).isEqualTo(content);
    assertThatThrownBy(() -> store().read(layer(content), 99))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("over the limit of 99");
  }
}
