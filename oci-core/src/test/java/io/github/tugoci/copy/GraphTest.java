package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.concurrent.TaskGroup;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.copy.Graph.Node;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What belongs to a root, in which order it may move, and how much of it is too much. */
class GraphTest {
  private static final int MOST_MANIFESTS = 10_000;
  private static final int MOST_BYTES = 64 << 20;

  private final Contents contents = new Contents();
  @AutoClose private final TaskGroup threads = new TaskGroup(4);

  private Graph read(ContentSource source, Manifest root) throws IOException {
    return Graph.read(source, Node.of(Root.of(root)), threads, false, digest -> false);
  }

  private Graph read(Descriptor root) throws IOException {
    return read(contents.store, contents.store.manifest(root));
  }

  private static List<Descriptor> descriptors(List<Node> nodes) {
    return nodes.stream().map(Node::descriptor).toList();
  }

  @Test
  void theLargestBlobsComeFirst() throws Exception {
    var graph = read(contents.image("a", "four", "abc", "a long one"));

    assertThat(graph.blobs()).extracting(Descriptor::size).containsExactly(10L, 4L, 3L, 2L, 1L);
  }

  @Test
  void eachGroupOfManifestsRefersToEarlierOnesOnly() throws Exception {
    var image = contents.image("a");
    var other = contents.image("b");
    var inner = contents.index(image);
    var outer = contents.index(inner, other);
    var root = contents.index(outer, inner, other, image);

    assertThat(read(root).successors().stream().map(GraphTest::descriptors))
        .satisfiesExactly(
            first -> assertThat(first).containsExactlyInAnyOrder(image, other),
            second -> assertThat(second).containsExactly(inner),
            third -> assertThat(third).containsExactly(outer));
  }

  @Test
  void whatIsKnownIsLeftOutWithAllBelowIt() throws Exception {
    var known = contents.index(contents.image("a"));
    var image = contents.image("b");
    var root = Root.of(contents.store.manifest(contents.index(known, image)));

    var graph = Graph.read(contents.store, Node.of(root), threads, false, known.digest()::equals);

    assertThat(graph.nodes())
        .extracting(Node::descriptor)
        .containsExactly(root.descriptor(), image);
    assertThat(graph.blobs()).hasSize(2).contains(Descriptor.of(Contents.LAYER, Bytes.of("b")));
  }

  @Test
  void aBlobHasOneSize() throws Exception {
    var layer = contents.blob(Contents.LAYER, "a");
    var longer = Descriptor.of(Contents.LAYER, layer.digest(), 2);
    var root = contents.put(contents.builder().layer(layer).layer(layer).layer(longer).build());

    assertThatThrownBy(() -> read(root))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage(layer.digest() + " is said to have two sizes");
  }

  private static Manifest schema1(Descriptor... layers) throws IOException {
    var named =
        List.of(layers).stream()
            .map(layer -> "{\"blobSum\":\"%s\"}".formatted(layer.digest()))
            .toList();
    return Manifest.parse(Bytes.of("{\"schemaVersion\":1,\"fsLayers\":%s}".formatted(named)));
  }

  @Test
  void theSizesOfSchema1sLayersAreAskedFor() throws Exception {
    var layer = contents.blob(MediaType.OCTET_STREAM, "a layer");
    var other = contents.blob(MediaType.OCTET_STREAM, "other");
    var root = schema1(layer, other);
    var expected =
        List.of(
            layer.withMediaType(MediaType.DOCKER_LAYER_GZIP),
            other.withMediaType(MediaType.DOCKER_LAYER_GZIP));

    assertThat(read(contents.store, root).blobs()).isEqualTo(expected);
    assertThat(read(new PlainSource(contents.store), root).blobs()).isEqualTo(expected);
  }

  @Test
  void aLayerOfSchema1ThatIsMissingIsTheSources() {
    var missing = Descriptor.of(MediaType.OCTET_STREAM, Bytes.of("missing"));

    assertThatThrownBy(() -> read(contents.store, schema1(missing)))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining(missing.digest().toString());
  }

  /** Has the same manifest by whatever digest, as a hostile registry may. */
  private record Endless(Manifest manifest, AtomicInteger reads) implements ContentSource {
    Endless(Manifest manifest) {
      this(manifest, new AtomicInteger());
    }

    @Override
    public Descriptor resolve(Selector selector) {
      return manifest.descriptor();
    }

    @Override
    public InputStream fetch(Descriptor descriptor) {
      return manifest.bytes().open();
    }

    @Override
    public Manifest manifest(Descriptor descriptor) {
      reads.incrementAndGet();
      return manifest;
    }
  }

  private static ImageIndex indexOf(int images) {
    var entries =
        IntStream.range(0, images)
            .mapToObj(i -> Descriptor.of(MediaType.OCI_MANIFEST, Bytes.of("image " + i)))
            .toList();
    return ImageIndex.of(entries, Map.of());
  }

  @Test
  void aGraphHasTenThousandManifestsAtMost() throws Exception {
    var manifest = contents.builder().build();
    var source = new Endless(manifest);
    var more = indexOf(MOST_MANIFESTS);

    assertThat(read(new Endless(manifest), indexOf(MOST_MANIFESTS - 1)).nodes())
        .hasSize(MOST_MANIFESTS);
    assertThatThrownBy(() -> read(source, more))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage(
            more.descriptor().digest() + " refers to more manifests than can be copied at once");
    assertThat(source.reads()).hasValue(0);
  }

  @Test
  void aGraphsManifestsHaveSixtyFourMebibytesAtMost() throws Exception {
    int images = 16;
    var root = indexOf(images);
    int rest = MOST_BYTES - root.bytes().size();
    // Of sixteen equal sizes, the sum can be less than what is left by fifteen.
    var padded = padded(root, rest % images);

    assertThat(read(new Endless(imageOf(rest / images)), padded).nodes()).hasSize(images + 1);
    assertThatThrownBy(() -> read(new Endless(imageOf(rest / images)), padded(padded, 1)))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("refers to more manifests than can be copied at once");
  }

  private static Manifest padded(Manifest manifest, int more) throws IOException {
    return Manifest.parse(Bytes.of(manifest.bytes() + " ".repeat(more)));
  }

  private ImageManifest imageOf(int size) throws IOException {
    var image = contents.builder().annotation("long", "").build();
    return contents.builder().annotation("long", "x".repeat(size - image.bytes().size())).build();
  }

  @Test
  void aMissingManifestOfAnIndexIsExplained() throws Exception {
    var missing = Descriptor.of(MediaType.OCI_MANIFEST, Bytes.of("missing"));
    var root = contents.index(contents.image("a"), missing);

    assertThatThrownBy(() -> read(root))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining(
            "the index " + root.digest() + " lists a manifest, " + missing.digest());
  }
}
