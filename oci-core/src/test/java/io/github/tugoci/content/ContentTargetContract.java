package io.github.tugoci.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each target does alike. A target's test implements this and gives a new, empty one.
 *
 * @param <T> the target
 */
public interface ContentTargetContract<T extends ContentTarget> {
  /** The target of this test; the same one each time that it is asked for within a test. */
  T target() throws IOException;

  /** Some bytes. */
  static Bytes bytes(int size) {
    return Bytes.of("x".repeat(size));
  }

  /** A layer of these bytes. */
  static Descriptor layer(Bytes content) {
    return Descriptor.of(MediaType.OCI_LAYER, content);
  }

  /** Fails the test if content is there. */
  default void assertAbsent(Descriptor descriptor) throws IOException {
    assertThat(target().exists(descriptor)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5000, 3_000_000})
  default void whatIsPushedIsThere(int size) throws IOException {
    var content = bytes(size);
    var descriptor = layer(content);

    assertAbsent(descriptor);
    assertThat(target().push(descriptor, Blob.of(content))).isEqualTo(Outcome.TRANSFERRED);

    assertThat(target().exists(descriptor)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Digest.Algorithm.class)
  default void contentIsNamedByEitherAlgorithm(Digest.Algorithm algorithm) throws IOException {
    var content = Bytes.of("content");
    var descriptor = Descriptor.of(MediaType.OCI_LAYER, content.digest(algorithm), content.size());

    assertThat(target().push(descriptor, Blob.of(content))).isEqualTo(Outcome.TRANSFERRED);

    assertThat(target().exists(descriptor)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 3_000_000})
  default void contentOfAnotherDigestIsRefusedAndNotKept(int size) throws IOException {
    var descriptor = layer(bytes(size));
    var other = Bytes.of("y".repeat(size));

    assertThatThrownBy(() -> target().push(descriptor, Blob.of(other)))
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

    assertThatThrownBy(() -> target().push(descriptor, Blob.of(content)))
        .isInstanceOf(InvalidContentException.class);

    assertAbsent(layer(content));
  }

  @Test
  default void aBodyThatBreaksLeavesNothing() throws IOException {
    var content = bytes(5000);
    var broken = new BreakingBlob(content);

    assertThatThrownBy(() -> target().push(layer(content), broken)).isInstanceOf(IOException.class);

    assertAbsent(layer(content));
  }

  @Test
  default void whatIsThereIsNotMovedAgain() throws IOException {
    var content = bytes(5000);
    target().push(layer(content), Blob.of(content));

    assertThat(target().push(layer(content), new BreakingBlob(content))).isEqualTo(Outcome.SKIPPED);
  }

  @Test
  default void manyPushOneBlobAtOnce() throws Exception {
    var content = bytes(200_000);
    var pool = Executors.newFixedThreadPool(8);
    try {
      Callable<Outcome> push = () -> target().push(layer(content), Blob.of(content));
      for (var outcome : pool.invokeAll(IntStream.range(0, 16).mapToObj(i -> push).toList())) {
        assertThat(outcome.get()).isIn(Outcome.TRANSFERRED, Outcome.SKIPPED);
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(target().exists(layer(content))).isTrue();
  }

  @Test
  default void whatIsntThereGetsNoTag() throws IOException {
    var unknown = Descriptor.of(MediaType.OCI_MANIFEST, Bytes.of("unknown"));

    assertAbsent(unknown);
    assertThatThrownBy(() -> target().tag(unknown, "v1")).isInstanceOf(NotFoundException.class);
  }
}
