package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.LocalSource;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Indexes that don't tell all, or of which not all is there. */
class SparseIndexTest {
  private static final Platform AMD64 = Platform.parse("linux/amd64");
  private static final Platform ARM64 = Platform.parse("linux/arm64");

  private final MemoryStore store = new MemoryStore();

  /** An image whose configuration names its platform, and nothing else does. */
  private Descriptor untold(Platform platform) throws IOException {
    var config =
        "{\"os\":\"%s\",\"architecture\":\"%s\"}".formatted(platform.os(), platform.architecture());
    var layer = store.add(MediaType.OCI_LAYER, Bytes.of("layer of " + platform));
    return store.add(
        ImageManifest.builder(store.add(MediaType.OCI_CONFIG, Bytes.of(config)))
            .layer(layer)
            .build());
  }

  private Descriptor image(Platform platform) throws IOException {
    return untold(platform).withPlatform(platform);
  }

  private static Descriptor absent(Platform platform) {
    return Descriptor.of(MediaType.OCI_MANIFEST, Bytes.of("absent " + platform))
        .withPlatform(platform);
  }

  private ImageIndex index(Descriptor... entries) throws IOException {
    var index = ImageIndex.of(List.of(entries), Map.of());
    store.tag(store.add(index), new Tag("v1"));
    return index;
  }

  private Manifest choose(Manifest root, Platform... platforms) throws IOException {
    return PlatformSelector.select(store, Root.of(root), List.of(platforms)).manifest();
  }

  @Test
  void anImageWithoutAPlatformIsAskedForTheOneInItsConfiguration() throws Exception {
    var arm = untold(ARM64);
    var artifact =
        store.add(ImageManifest.builder(store.add(MediaType.JSON, Bytes.of("1"))).build());
    var root = index(artifact, untold(AMD64), arm);

    assertThat(choose(root, ARM64).descriptor()).isEqualTo(arm);
    assertThat(((ImageIndex) choose(root, ARM64, AMD64)).manifests())
        .containsExactly(untold(AMD64), arm);
    assertThatThrownBy(() -> choose(root, Platform.parse("linux/s390x")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("has no image for linux/s390x, but for linux/amd64, linux/arm64");
  }

  @Test
  void anEmptyPlatformIsNone() throws Exception {
    var empty = new Platform("", "", null, null, List.of());
    assertThat(choose(index(untold(ARM64).withPlatform(empty)), ARM64).descriptor())
        .isEqualTo(untold(ARM64));
  }

  @Test
  void anEntryThatTellsItsPlatformComesFirst() throws Exception {
    var told = absent(AMD64);
    assertThatThrownBy(() -> choose(index(untold(ARM64), told), AMD64))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining(told.digest().toString());
  }

  @Test
  void theImageThatIsThereIsTakenAndTheMissingOneNamed() throws Exception {
    var root = index(absent(ARM64), image(AMD64));

    assertThat(choose(root, AMD64).descriptor()).isEqualTo(untold(AMD64));
    assertThatThrownBy(() -> choose(root, ARM64))
        .isInstanceOfSatisfying(
            NotFoundException.class, e -> assertThat(e.platforms()).containsExactly("linux/amd64"))
        .hasMessageContaining("lists an image for linux/arm64, " + absent(ARM64).digest())
        .hasMessageContaining("the platforms that are there: linux/amd64");
    assertThat(PlatformSelector.platforms(store, root)).containsExactly(AMD64);
  }

  @Test
  void theNextBestImageThatIsThereIsTaken() throws Exception {
    var v6 = Platform.parse("linux/arm/v6");
    var root = index(absent(Platform.parse("linux/arm/v7")), image(v6));

    assertThat(choose(root, Platform.parse("linux/arm/v7")).descriptor()).isEqualTo(untold(v6));
  }

  @Test
  void anIndexThatIsMissingInAnotherIsNamed() throws Exception {
    var inner = Descriptor.of(MediaType.OCI_INDEX, Bytes.of("absent index")).withPlatform(ARM64);
    var root = index(image(AMD64), inner);

    assertThat(choose(root, AMD64).descriptor()).isEqualTo(untold(AMD64));
    assertThatThrownBy(() -> choose(root, ARM64)).hasMessageContaining(inner.digest().toString());
  }

  @Test
  void aCopyOfAllNamesWhatIsMissing() throws Exception {
    var root = index(image(AMD64), absent(ARM64));

    assertThatThrownBy(() -> copy(root))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("lists an image for linux/arm64")
        .hasMessageContaining("the platforms that are there: linux/amd64");
  }

  @Test
  void anImageWhoseLayersAreMissingIsMissing() throws Exception {
    var layer = Descriptor.of(MediaType.OCI_LAYER, Bytes.of("absent layer"));
    var config = store.add(MediaType.OCI_CONFIG, Bytes.of("{}"));
    var arm = store.add(ImageManifest.builder(config).layer(layer).build()).withPlatform(ARM64);
    var root = index(image(AMD64), arm);

    assertThat(PlatformSelector.platforms(store, root)).containsExactly(AMD64);
    assertThatThrownBy(() -> copy(root))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("lists an image for linux/arm64, " + arm.digest());
  }

  /** A store on this machine that knows how many of its streams are open. */
  private record Watched(MemoryStore store, AtomicInteger open)
      implements ContentSource, LocalSource {
    @Override
    public Descriptor resolve(Selector selector) throws IOException {
      return store.resolve(selector);
    }

    @Override
    public InputStream fetch(Descriptor descriptor) throws IOException {
      var in = store.fetch(descriptor);
      open.incrementAndGet();
      return new FilterInputStream(in) {
        @Override
        public void close() throws IOException {
          open.decrementAndGet();
          super.close();
        }
      };
    }
  }

  @Test
  void whatIsLookedForIsClosed() throws Exception {
    var root = index(image(AMD64), image(ARM64));
    var watched = new Watched(store, new AtomicInteger());

    assertThat(PlatformSelector.platforms(watched, root)).containsExactly(AMD64, ARM64);
    assertThat(watched.open()).hasValue(0);
  }

  private void copy(Manifest root) throws IOException {
    Copier.copy(store, Root.of(root), new MemoryStore(), List.of("v1"), CopyOptions.defaults());
  }
}
