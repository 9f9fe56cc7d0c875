package io.github.tugoci.copy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.copy.Graph.Node;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which content is looked at, where, and how much of it is kept for that. */
class ImageChecksTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final int MOST = 4 * MEBIBYTE;
  private static final Bytes LAYER = Bytes.of("a layer");

  private final MemoryStore store = new MemoryStore();
  private final MemoryStore target = new MemoryStore();

  private final ImageChecks checks = new ImageChecks(new PlainSource(store), target);

  private static Node image(Descriptor config, Descriptor... layers) {
    return Node.of(Root.of(ImageManifest.builder(config).layers(List.of(layers)).build()));
  }

  /** Content that nobody has. */
  private static Descriptor layer(String name, int size) {
    return Descriptor.of(MediaType.OCI_LAYER, Bytes.of(name).digest(), size);
  }

  private static boolean isKept(ImageChecks checks, Descriptor blob) {
    var body = Blob.of(Bytes.of(""));
    return checks.watch(blob, body) != body;
  }

  private boolean isKept(Descriptor blob) {
    return isKept(checks, blob);
  }

  /** Says that there is one layer, which is another. */
  private Descriptor config(int size) {
    var text = "{\"rootfs\":{\"diff_ids\":[\"%s\"]}}".formatted(Bytes.of("another").digest());
    return store.add(MediaType.OCI_CONFIG, Bytes.of(text + " ".repeat(size - text.length())));
  }

  private void pass(Descriptor blob) throws IOException {
    try (var in = checks.watch(blob, Blob.of(store, blob)).open()) {
      in.readAllBytes();
    }
  }

  private void assertRefused(ImageChecks checks, Node image) {
    assertThatThrownBy(
            () -> {
              checks.begin(List.of(image));
              pass(((ImageManifest) image.manifest()).config());
              checks.check(image);
            })
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("lists 0 layers");
  }

  @Test
  void layersOfFourMebibytesAreKeptTheSmallestFirst() throws Exception {
    var one = layer("one", MEBIBYTE);
    var three = layer("three", 3 * MEBIBYTE);
    var more = layer("more", 3 * MEBIBYTE + 1);

    checks.begin(List.of(image(config(200), more, three, one)));

    assertThat(isKept(one)).isTrue();
    assertThat(isKept(three)).isTrue();
    assertThat(isKept(more)).isFalse();
  }

  @Test
  void whatDoesNotFitIsNotKept() throws Exception {
    var two = layer("two", 2 * MEBIBYTE);
    var more = layer("more", 2 * MEBIBYTE + 1);

    checks.begin(List.of(image(config(200), more, two)));

    assertThat(isKept(two)).isTrue();
    assertThat(isKept(more)).isFalse();
  }

  @Test
  void aLayerOfSeveralImagesIsKeptOnce() throws Exception {
    var shared = layer("shared", 2 * MEBIBYTE);
    var other = layer("other", 2 * MEBIBYTE);

    checks.begin(List.of(image(config(200), shared), image(config(201), shared, other)));

    assertThat(isKept(other)).isTrue();
  }

  @Test
  void nothingIsKeptOfWhatIsOnThisMachine() throws Exception {
    var local = new ImageChecks(store, target);
    var config = store.add(MediaType.OCI_CONFIG, Bytes.of("{}"));
    var layer = layer("one", 1);

    local.begin(List.of(image(config, layer)));

    assertThat(isKept(local, config)).isFalse();
    assertThat(isKept(local, layer)).isFalse();
  }

  @Test
  void anArtifactIsNotLookedAt() throws Exception {
    var config = store.add(MediaType.EMPTY_JSON, Bytes.of("{}"));
    var layer = layer("one", 1);

    checks.begin(List.of(image(config, layer)));

    assertThat(isKept(config)).isFalse();
    assertThat(isKept(layer)).isFalse();
  }

  @Test
  void aConfigurationOfFourMebibytesIsCheckedAsItPasses() {
    assertRefused(checks, image(config(MOST)));
  }

  @Test
  void aConfigurationOfFourMebibytesIsReadWhereItIsAtHand() {
    assertThatThrownBy(() -> new ImageChecks(store, target).begin(List.of(image(config(MOST)))))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("source memory: ")
        .hasMessageContaining("lists 0 layers");
  }

  @Test
  void aLargerConfigurationIsNot() throws Exception {
    var image = image(config(MOST + 1));

    new ImageChecks(store, target).begin(List.of(image));
    checks.begin(List.of(image));

    assertThat(isKept(((ImageManifest) image.manifest()).config())).isFalse();
  }

  @Test
  void whatWasNotReadToItsEndIsNotCompared() throws Exception {
    var image = image(config(200));
    var config = ((ImageManifest) image.manifest()).config();
    checks.begin(List.of(image));
    try (var in = checks.watch(config, Blob.of(store, config)).open()) {
      in.readNBytes(199);
    }
    checks.check(image);

    pass(config);
    assertThatThrownBy(() -> checks.check(image)).isInstanceOf(InvalidContentException.class);
  }

  @Test
  void aLayerThatHasPassedIsComparedByWhateverReads() throws Exception {
    var layer = store.add(MediaType.OCI_LAYER, LAYER);
    var config = config(200);
    var image = image(config, layer);
    checks.begin(List.of(image));
    pass(config);
    checks.check(image);

    var kept = checks.watch(layer, Blob.of(store, layer));
    try (var in = kept.openAfter(Blob.of(LAYER))) {
      var first = (byte) in.read();
      assertThat((char) first + new String(in.readAllBytes(), UTF_8)).isEqualTo("a layer");
    }

    assertThat(kept.size()).isEqualTo(LAYER.size());
    assertThat(kept.origin()).contains(store);
    assertThatThrownBy(() -> checks.check(image))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("source remote: ")
        .hasMessageContaining("it is another one, not compressed");
  }

  @Test
  void aByteAtATimeIsKeptAsItIs() throws Exception {
    var layer = store.add(MediaType.OCI_LAYER, Bytes.of("\u00fc"));
    checks.begin(List.of(image(config(200), layer)));

    try (var in = checks.watch(layer, Blob.of(store, layer)).open()) {
      assertThat(List.of(in.read(), in.read(), in.read())).containsExactly(0xc3, 0xbc, -1);
    }
  }
}
