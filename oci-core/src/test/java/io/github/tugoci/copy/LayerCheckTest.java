package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.tar.Gzip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which layers are compared with the digests that a configuration has for them, and how far. */
class LayerCheckTest {
  private static final Digest OTHER = Bytes.of("another layer").digest();
  private static final int MOST_UNPACKED = 32 << 20;

  private final MemoryStore store = new MemoryStore();
  private final List<Descriptor> opened = new ArrayList<>();

  private Descriptor layer(MediaType type, byte... content) {
    return store.add(type, Bytes.of(content));
  }

  private Descriptor gzipped(MediaType type, byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = Gzip.compress(bytes)) {
      gzip.write(content);
    }
    return layer(type, bytes.toByteArray());
  }

  private static ImageManifest image(Descriptor... layers) {
    return ImageManifest.builder(Descriptor.of(MediaType.OCI_CONFIG, Bytes.of("{}")))
        .layers(List.of(layers))
        .build();
  }

  private void check(ImageManifest image, Digest... diffIds) throws IOException {
    LayerCheck.check(
        layer -> {
          opened.add(layer);
          return Optional.of(Blob.of(store, layer));
        },
        image,
        List.of(diffIds));
  }

  private void assertRefused(String message, ImageManifest image, Digest... diffIds) {
    assertThatThrownBy(() -> check(image, diffIds))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("image " + image.descriptor().digest() + ": ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OCI", "DOCKER"})
  void aGzippedLayerIsUnpacked(String kind) throws Exception {
    var type = kind.equals("OCI") ? MediaType.OCI_LAYER_GZIP : MediaType.DOCKER_LAYER_GZIP;
    var content = Bytes.of("a layer");
    var image = image(gzipped(type, content.toArray()));

    check(image, content.digest());
    check(image, content.digest(Digest.Algorithm.SHA512));
    assertRefused("is " + OTHER + ", but it unpacks to " + content.digest(), image, OTHER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OCI", "DOCKER"})
  void aPlainLayerHasTheSameDigestTwiceAndIsNotOpenedForIt(String kind) throws Exception {
    var type = kind.equals("OCI") ? MediaType.OCI_LAYER : MediaType.DOCKER_LAYER;
    var content = Bytes.of("a layer");
    var image = image(layer(type, content.toArray()));

    check(image, content.digest());
    assertThat(opened).isEmpty();
    assertRefused("is " + OTHER + ", but it is another one, not compressed", image, OTHER);
    // A digest by another algorithm can't be compared with the layer's own.
    check(image, Bytes.of("another layer").digest(Digest.Algorithm.SHA512));
  }

  @Test
  void whatIsNotAtHandIsNotCompared() {
    var missing = Descriptor.of(MediaType.OCI_LAYER, Bytes.of("missing"));

    assertThatCode(
            () -> LayerCheck.check(layer -> Optional.empty(), image(missing), List.of(OTHER)))
        .doesNotThrowAnyException();
    assertThatCode(
            () -> LayerCheck.check(LayerCheck.inFiles(store), image(missing), List.of(OTHER)))
        .doesNotThrowAnyException();
  }

  @Test
  void onlyFilesAreOpened(@TempDir Path folder) throws Exception {
    var layer = layer(MediaType.OCI_LAYER, (byte) 1, (byte) 2);
    var layout = OciLayout.create(folder.resolve("layout"));
    layout.push(layer, Blob.of(store, layer));
    var passedOn = new MemoryStore();
    passedOn.add(layer, Blob.of(layout, layer));

    assertThat(LayerCheck.inFiles(layout).find(layer)).isPresent();
    assertThat(LayerCheck.inFiles(passedOn).find(layer)).isPresent();
    assertThat(LayerCheck.inFiles(store).find(layer)).isEmpty();
  }

  @Test
  void otherTypesAreNotOpened() throws Exception {
    check(image(layer(MediaType.OCI_LAYER_ZSTD, (byte) 1, (byte) 2)), OTHER);
    check(image(layer(MediaType.OCTET_STREAM, (byte) 1, (byte) 2)), OTHER);
    assertThat(opened).isEmpty();
  }

  @Test
  void aCompressionThatTheTypeDoesNotTellIsSeen() throws Exception {
    byte[] zstd = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 2};
    byte[] xz = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 1};
    byte[] bzip2 = {'B', 'Z', 'h', '9', 1};
    for (var content : List.of(zstd, xz, bzip2)) {
      check(image(layer(MediaType.OCI_LAYER, content)), OTHER);
    }
    assertThat(opened).hasSize(3);
    assertRefused(
        "not compressed", image(layer(MediaType.OCI_LAYER, (byte) 'B', (byte) 'Z')), OTHER);
    assertRefused("not compressed", image(layer(MediaType.OCI_LAYER)), OTHER);
  }

  @Test
  void anythingThatBeginsAsGzipIsUnpacked() {
    var cut = layer(MediaType.OCI_LAYER, (byte) 0x1f, (byte) 0x8b, (byte) 8);
    var broken = layer(MediaType.OCI_LAYER_GZIP, new byte[] {0x1f, (byte) 0x8b, 9, 9, 9, 9, 9, 9});

    assertRefused("cannot unpack layer " + cut.digest(), image(cut), OTHER);
    assertRefused("cannot unpack layer " + broken.digest(), image(broken), OTHER);
  }

  @Test
  void whatIsCalledGzippedAndIsNotPasses() throws Exception {
    check(image(layer(MediaType.OCI_LAYER_GZIP, (byte) 1, (byte) 2)), OTHER);
    assertThat(opened).hasSize(1);
  }

  @Test
  void thirtyTwoMebibytesAreUnpackedForAnImageAndNoMore() throws Exception {
    var most = gzipped(MediaType.OCI_LAYER_GZIP, new byte[MOST_UNPACKED]);
    var more = gzipped(MediaType.OCI_LAYER_GZIP, new byte[MOST_UNPACKED + 1]);

    assertRefused("but it unpacks to ", image(most), OTHER);
    check(image(more), OTHER);
    // Each image has a limit of its own, which its layers share.
    check(image(most, more), Bytes.of(new byte[MOST_UNPACKED]).digest(), OTHER);
  }

  @Test
  void aLayerThatIsAsLargeAsTheRestIsUnpacked() throws Exception {
    var random = new byte[60_000];
    new Random(1).nextBytes(random);
    var last = gzipped(MediaType.OCI_LAYER_GZIP, random);
    var zeros = new byte[MOST_UNPACKED - (int) last.size()];
    var first = gzipped(MediaType.OCI_LAYER_GZIP, zeros);
    var oneMore = gzipped(MediaType.OCI_LAYER_GZIP, Arrays.copyOf(zeros, zeros.length + 1));

    assertRefused(last.digest().toString(), image(first, last), Bytes.of(zeros).digest(), OTHER);
    opened.clear();
    check(image(oneMore, last), Bytes.of(Arrays.copyOf(zeros, zeros.length + 1)).digest(), OTHER);
    assertThat(opened).containsExactly(oneMore, last);
  }

  @Test
  void theSmallestLayersAreComparedFirst() throws Exception {
    var large = gzipped(MediaType.OCI_LAYER_GZIP, new byte[MOST_UNPACKED + 1]);
    var small = gzipped(MediaType.OCI_LAYER_GZIP, new byte[1]);

    assertRefused(small.digest().toString(), image(large, small), OTHER, OTHER);
    assertThat(opened).containsExactly(small);
  }
}
