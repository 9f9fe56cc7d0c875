package io.github.tugoci.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.fixture.AtOnce;
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
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each target does alike. A target's test implements this and gives a new, empty one.
 *
 * @param <T> the target
 */
public interface ContentTargetContract<T extends ContentTarget> {
  /** The target of this test; the same one each time that it is asked for within a test. */
  T target() throws IOException;

  /** What was pushed; a target that is written in one stream is finished with this. */
  ContentSource written() throws IOException;

  /** Some bytes, no two stretches of which are the same. */
  static Bytes bytes(int size) {
    var bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return Bytes.of(bytes);
  }

  /** A layer of these bytes. */
  static Descriptor layer(Bytes content) {
    return Descriptor.of(MediaType.OCI_LAYER, content);
  }

  /** An image without layers; its configuration must be pushed before. */
  static ImageManifest image(Bytes config, String title) {
    return ImageManifest.builder(Descriptor.of(MediaType.OCI_CONFIG, config))
        .annotation("title", title)
        .build();
  }

  /** Fails the test if content is there. */
  default void assertAbsent(Descriptor descriptor) throws IOException {
    assertThat(target().exists(descriptor)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0, SHA256", "1, SHA256", "5000, SHA256", "3000000, SHA256",
    "0, SHA512", "1, SHA512", "5000, SHA512", "3000000, SHA512"
  })
  default void whatIsPushedIsThereAndReadAsItWas(int size, Digest.Algorithm algorithm)
      throws IOException {
    var content = bytes(size);
    var descriptor = Descriptor.of(MediaType.OCI_LAYER, content.digest(algorithm), size);

    assertAbsent(descriptor);
    assertThat(target().push(descriptor, Blob.of(content))).isEqualTo(Outcome.TRANSFERRED);

    assertThat(target().exists(descriptor)).isTrue();
    assertThat(written().read(descriptor, size)).isEqualTo(content);
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
    var layer = layer(content);

    assertThat(AtOnce.run(16, i -> target().push(layer, Blob.of(content))))
        .contains(Outcome.TRANSFERRED)
        .doesNotContain(Outcome.MOUNTED);

    assertThat(target().exists(layer)).isTrue();
    assertThat(written().read(layer, 200_000)).isEqualTo(content);
  }

  @Test
  default void manyBlobsArePushedAtOnce() throws Exception {
    assertThat(
            AtOnce.run(
                16,
                i -> {
                  var content = bytes(i * 10_000);
                  return target().push(layer(content), Blob.of(content));
                }))
        .containsOnly(Outcome.TRANSFERRED);

    var source = written();
    for (int i = 0; i < 16; i++) {
      var content = bytes(i * 10_000);
      assertThat(source.read(layer(content), 200_000)).isEqualTo(content);
    }
  }

  @Test
  default void manyTaggedManifestsArePushedAtOnceAndNoneIsLost() throws Exception {
    var config = Bytes.of("{}");
    target().push(Descriptor.of(MediaType.OCI_CONFIG, config), Blob.of(config));
    AtOnce.run(
        16,
        i -> {
          var image = image(config, "image " + i);
          var tags = List.of("v" + i, "also-v" + i);
          return RootTarget.push(
              target(),
              image.descriptor(),
              Blob.of(image.bytes()),
              tags.stream().map(Tag::new).toList());
        });

    var source = written();
    var tags = new ArrayList<String>();
    for (int i = 0; i < 16; i++) {
      for (var tag : List.of("v" + i, "also-v" + i)) {
        assertThat(source.manifest(Selector.parse(tag)).bytes())
            .isEqualTo(image(config, "image " + i).bytes());
        tags.add(tag);
      }
    }
    assertThat(((TagSource) source).listTags()).containsExactlyInAnyOrderElementsOf(tags);
  }

  @Test
  default void whatIsntThereGetsNoTag() throws IOException {
    var unknown = Descriptor.of(MediaType.OCI_MANIFEST, Bytes.of("unknown"));

    assertAbsent(unknown);
    assertThatThrownBy(() -> target().tag(unknown, new Tag("v1")))
        .isInstanceOf(NotFoundException.class);
  }
}
