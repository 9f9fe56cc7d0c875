package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.model.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An index may not make a copy read without end before an image is chosen. */
class PlatformSelectorLimitsTest {
  private static final Platform AMD64 = Platform.parse("linux/amd64");
  private static final Platform ARM64 = Platform.parse("linux/arm64");
  private static final int MOST = 100;

  private final MemoryStore store = new MemoryStore();

  private Descriptor image(Platform platform, String name) throws IOException {
    var config =
        "{\"os\":\"%s\",\"architecture\":\"%s\",\"author\":\"%s\"}"
            .formatted(platform.os(), platform.architecture(), name);
    return store.add(
        ImageManifest.builder(store.add(MediaType.OCI_CONFIG, Bytes.of(config))).build());
  }

  private Descriptor index(List<Descriptor> entries, String name) {
    return store.add(ImageIndex.of(entries, Map.of("name", name)));
  }

  private Descriptor choose(List<Descriptor> entries, Platform platform) throws IOException {
    var root = ImageIndex.of(entries, Map.of());
    return PlatformSelector.select(store, Root.of(root), platform).descriptor();
  }

  private List<Descriptor> nested(int indexes, Descriptor last) {
    var entries = new ArrayList<Descriptor>();
    for (int i = 1; i < indexes; i++) {
      entries.add(index(List.of(), "index " + i));
    }
    entries.add(index(List.of(last), "the last"));
    return entries;
  }

  @Test
  void aHundredNestedIndexesAreEntered() throws Exception {
    var image = image(AMD64, "it");
    var entry = image.withPlatform(AMD64);

    assertThat(choose(nested(MOST, entry), AMD64)).isEqualTo(image);
    assertThatThrownBy(() -> choose(nested(MOST + 1, entry), AMD64))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("too many nested indexes: memory@sha256:");
  }

  @Test
  void indexesAreEnteredFourDeep() throws Exception {
    var image = image(AMD64, "it");
    var entry = image.withPlatform(AMD64);
    for (int i = 0; i < 3; i++) {
      entry = index(List.of(entry), "index " + i);
    }
    var deepest = entry;

    assertThat(choose(List.of(deepest), AMD64)).isEqualTo(image);
    assertThatThrownBy(() -> choose(List.of(index(List.of(deepest), "deeper")), AMD64))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("too many nested indexes");
  }

  @Test
  void anIndexForOtherPlatformsIsNotEntered() throws Exception {
    var image = image(AMD64, "it");
    var missing = Descriptor.of(MediaType.OCI_INDEX, Bytes.of("missing")).withPlatform(ARM64);

    assertThat(choose(List.of(missing, image.withPlatform(AMD64)), AMD64)).isEqualTo(image);
    assertThatThrownBy(() -> choose(List.of(missing), ARM64))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining(missing.digest().toString());
  }

  private List<Descriptor> untold(int images, Descriptor last) throws IOException {
    var entries = new ArrayList<Descriptor>();
    for (int i = 1; i < images; i++) {
      entries.add(image(ARM64, "image " + i));
    }
    entries.add(last);
    return entries;
  }

  @Test
  void aHundredImagesAreAskedForTheirPlatforms() throws Exception {
    var image = image(AMD64, "it");

    assertThat(choose(untold(MOST, image), AMD64)).isEqualTo(image);
    assertThatThrownBy(() -> choose(untold(MOST + 1, image), AMD64))
        .isInstanceOf(NotFoundException.class)
        .hasMessageEndingWith("has no image for linux/amd64, but for linux/arm64");
  }

  @Test
  void whatIsMissingTellsNothing() throws Exception {
    var image = image(AMD64, "it");
    var missing = Descriptor.of(MediaType.OCI_MANIFEST, Bytes.of("missing"));

    assertThat(choose(List.of(missing, image), AMD64)).isEqualTo(image);
    assertThatThrownBy(() -> choose(List.of(missing), AMD64))
        .isInstanceOf(NotFoundException.class)
        .hasMessageEndingWith("has no image for linux/amd64, but for none");
  }
}
