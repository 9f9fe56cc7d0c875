package io.github.tugoci.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.fixture.AtOnce;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
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
  default S written() throws IOException {
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
    RootTarget.push(
        store(),
        manifest.descriptor(),
        Blob.of(manifest.bytes()),
        Stream.of(tags).map(Tag::new).toList());
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

    assertThatThrownBy(() -> RootTarget.push(store(), other, body, List.of(new Tag("v1"))))
        .isInstanceOf(InvalidContentException.class);

    assertAbsent(other);
    assertThatThrownBy(() -> store().resolve(Selector.parse("v1")))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  default void anUntaggedManifestIsFoundByDigest() throws IOException {
    var image = pushImage("image");

    assertThat(store().exists(image)).isTrue();
    assertThat(store().manifest(image.digest()).descriptor()).isEqualTo(image);
  }

  @Test
  default void whatGotNoTagIsNotFoundByOne() throws IOException {
    var unknown = Descriptor.of(MediaType.OCI_MANIFEST, Bytes.of("unknown"));

    assertThatThrownBy(() -> store().tag(unknown, new Tag("v1")))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> store().resolve(Selector.parse("v1")))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  default void aTagMoves() throws IOException {
    var first = pushImage("first", "v1", "stable");
    var second = pushImage("second");

    store().tag(second, new Tag("v1"));

    assertThat(store().resolve(Selector.parse("v1")).plain()).isEqualTo(second);
    assertThat(store().resolve(Selector.parse("stable")).plain()).isEqualTo(first);
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
    RootTarget.push(store(), signature.descriptor(), Blob.of(signature.bytes()), List.of());

    assertThat(ReferrerSource.of(store()).referrers(image))
        .containsExactly(signature.asReferrer(signature.descriptor()));
    assertThat(ReferrerSource.of(store()).referrers(image).get(0).artifactType()).isEqualTo(type);
    assertThat(ReferrerSource.of(store()).referrers(signature.descriptor())).isEmpty();
  }

  @Test
  default void manyTagAtOnceAndNoTagIsLost() throws Exception {
    var image = pushImage("image");
    AtOnce.run(
        16,
        i -> {
          store().tag(image, new Tag("v" + i));
          return i;
        });
    for (int i = 0; i < 16; i++) {
      assertThat(store().resolve(Selector.parse("v" + i)).plain()).isEqualTo(image);
    }
  }

  @Test
  default void manyReferAtOnceAndNoneIsLost() throws Exception {
    var image = pushImage("image");
    var referrers =
        AtOnce.run(
            8,
            i -> {
              var config = Descriptor.of(MediaType.EMPTY_JSON, Bytes.of("{}"));
              var manifest = ImageManifest.builder(config).subject(image).annotation("n", "" + i);
              var referrer = manifest.build();
              RootTarget.push(store(), referrer.descriptor(), Blob.of(referrer.bytes()), List.of());
              return referrer.asReferrer(referrer.descriptor());
            });

    assertThat(ReferrerSource.of(store()).referrers(image))
        .containsExactlyInAnyOrderElementsOf(referrers);
  }

  @Test
  default void whatIsRightIsKeptThoughOthersPushItWronglyAtOnce() throws Exception {
    var content = ContentTargetContract.bytes(200_000);
    var layer = ContentTargetContract.layer(content);
    var wrong = Bytes.of("x".repeat(200_000));
    AtOnce.run(
        12,
        i -> {
          var body =
              List.of(Blob.of(content), Blob.of(wrong), new BreakingBlob(content)).get(i % 3);
          try {
            return store().push(layer, body);
          } catch (IOException e) {
            assertThat(i % 3).as("the body that failed").isNotZero();
            return e;
          }
        });

    assertThat(store().read(layer, 200_000)).isEqualTo(content);
  }
}
