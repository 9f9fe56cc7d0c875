package io.github.tugoci.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.content.ReferrerSource;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What refers to what, to its end, whatever a store says. */
class ReferrerTreeTest {
  private static final MediaType SIGNATURE = MediaType.parse("application/vnd.example.signature");

  private final MemoryStore store = new MemoryStore();
  private final Descriptor config = store.add(MediaType.EMPTY_JSON, Bytes.of("{}"));
  private final Descriptor image = store.add(ImageManifest.builder(config).build());

  private Descriptor attach(Descriptor subject) {
    return store.add(
        ImageManifest.builder(config).artifactType(SIGNATURE).subject(subject).build());
  }

  /** A store that says what it likes of its referrers. */
  private record Says(MemoryStore store, UnaryOperator<List<Descriptor>> referrers)
      implements ContentSource, ReferrerSource {
    @Override
    public Descriptor resolve(Selector selector) throws NotFoundException {
      return store.resolve(selector);
    }

    @Override
    public InputStream fetch(Descriptor descriptor) throws IOException {
      return store.fetch(descriptor);
    }

    @Override
    public List<Descriptor> referrers(Descriptor subject) throws IOException {
      return referrers.apply(store.referrers(subject));
    }
  }

  @Test
  void whatRefersToAReferrerIsBelowIt() throws Exception {
    var signature = attach(image);
    var timestamp = attach(signature);

    var tree = ReferrerTree.read(store, image);

    assertThat(tree.manifest()).isEqualTo(image);
    assertThat(tree.referrers()).hasSize(1);
    assertThat(tree.referrers().get(0).manifest().digest()).isEqualTo(signature.digest());
    assertThat(tree.referrers().get(0).referrers())
        .containsExactly(new ReferrerTree(timestamp.withArtifactType(SIGNATURE), List.of()));
  }

  @Test
  void aStoreThatLeadsInACircleComesToAnEnd() throws Exception {
    var source = new Says(store, found -> List.of(image.withArtifactType(SIGNATURE)));

    assertThat(ReferrerTree.read(source, image).referrers())
        .containsExactly(new ReferrerTree(image.withArtifactType(SIGNATURE), List.of()));
  }

  @Test
  void sixteenLevelsAreReadAndOneMoreIsRefused() throws Exception {
    var last = image;
    for (int i = 0; i < 16; i++) {
      last = attach(last);
    }
    int levels = 0;
    for (var tree = ReferrerTree.read(store, image); !tree.referrers().isEmpty(); levels++) {
      tree = tree.referrers().get(0);
    }
    assertThat(levels).isEqualTo(16);

    attach(last);
    assertThatThrownBy(() -> ReferrerTree.read(store, image))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("more than 16 levels");
  }

  @Test
  void tenThousandReferrersAreReadAndOneMoreIsRefused() throws Exception {
    for (int number : new int[] {10_000, 10_001}) {
      var all =
          IntStream.range(0, number)
              .mapToObj(i -> Descriptor.of(SIGNATURE, Bytes.of("" + i)).withArtifactType(SIGNATURE))
              .toList();
      var first = new AtomicBoolean(true);
      var source = new Says(store, found -> first.getAndSet(false) ? all : List.of());
      if (number == 10_000) {
        assertThat(ReferrerTree.read(source, image).referrers()).hasSize(number);
      } else {
        assertThatThrownBy(() -> ReferrerTree.read(source, image))
            .isInstanceOf(InvalidContentException.class);
      }
    }
  }

  @Test
  void aStoreThatNeverEndsIsCutOff() {
    var number = new int[1];
    var source =
        new Says(
            store,
            found ->
                List.of(
                    Descriptor.of(SIGNATURE, Bytes.of("" + number[0]++))
                        .withArtifactType(SIGNATURE)));

    assertThatThrownBy(() -> ReferrerTree.read(source, image))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("levels");
    assertThat(number[0]).isLessThan(100);
  }

  @Test
  void aTypeThatTheListDoesNotHaveIsTheManifests() throws Exception {
    var signature = attach(image);
    var gone = Descriptor.of(MediaType.OCI_MANIFEST, Bytes.of("gone"));
    var source =
        new Says(
            store,
            found ->
                found.isEmpty()
                    ? found
                    : List.of(signature.withArtifactType(MediaType.EMPTY_JSON), gone));

    assertThat(ReferrerTree.read(source, image).referrers())
        .extracting(ReferrerTree::manifest)
        .containsExactly(signature.withArtifactType(SIGNATURE), gone);
  }
}
