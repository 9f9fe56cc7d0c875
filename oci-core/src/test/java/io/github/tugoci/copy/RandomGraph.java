package io.github.tugoci.copy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/** Tagged content of all shapes that a registry may hold, the same for the same seed. */
final class RandomGraph {
  private static final List<MediaType> LAYERS =
      List.of(
          MediaType.OCI_LAYER,
          MediaType.OCI_LAYER_GZIP,
          MediaType.OCI_LAYER_ZSTD,
          MediaType.DOCKER_LAYER_GZIP,
          MediaType.OCTET_STREAM,
          new MediaType("application/vnd.acme.thing.v7+cbor"));
  private static final List<MediaType> FOREIGN =
      List.of(
          new MediaType("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"),
          new MediaType("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"));
  private static final List<MediaType> CONFIGS =
      List.of(
          MediaType.OCI_CONFIG,
          MediaType.DOCKER_CONFIG,
          MediaType.EMPTY_JSON,
          new MediaType("application/vnd.acme.settings+json"));
  private static final List<String> PLATFORMS =
      List.of("linux/amd64", "linux/arm64/v8", "windows/amd64", "unknown/unknown");
  private static final int MAX_DEPTH = 3;

  private final Random random;
  private final MemoryStore store = new MemoryStore();
  private final List<Descriptor> manifests = new ArrayList<>();
  private final List<Bytes> blobs = new ArrayList<>();

  private RandomGraph(Random random) {
    this.random = random;
  }

  /** A store with some tags, on some of which others lie. */
  static MemoryStore of(Random random) throws IOException {
    var graph = new RandomGraph(random);
    int roots = 1 + random.nextInt(4);
    for (int i = 0; i < roots; i++) {
      var root = graph.manifest(0, Digest.Algorithm.SHA256);
      for (int tag = 0; tag <= random.nextInt(3); tag++) {
        graph.store.tag(root, "v" + i + "." + tag);
      }
    }
    return graph.store;
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  private Descriptor manifest(int depth, Digest.Algorithm algorithm) throws IOException {
    Manifest manifest = depth < MAX_DEPTH && oneIn(2) ? index(depth) : image();
    if (oneIn(4)) {
      manifest = docker(manifest);
    }
    var bytes = manifest.bytes();
    var descriptor = Descriptor.of(manifest.mediaType(), bytes.digest(algorithm), bytes.size());
    store.push(descriptor, Blob.of(bytes));
    manifests.add(descriptor);
    return descriptor;
  }

  /** The same with Docker's types. */
  private static Manifest docker(Manifest manifest) throws IOException {
    boolean index = manifest.mediaType().isIndex();
    var type = index ? MediaType.DOCKER_MANIFEST_LIST : MediaType.DOCKER_MANIFEST;
    var text = new String(manifest.bytes().toArray(), UTF_8);
    var own = "\"mediaType\":\"" + manifest.mediaType() + "\"";
    return Manifest.parse(
        type, Bytes.of(text.replaceFirst(Pattern.quote(own), "\"mediaType\":\"" + type + "\"")));
  }

  private ImageIndex index(int depth) throws IOException {
    var entries = new ArrayList<Descriptor>();
    for (int i = random.nextInt(4); i > 0; i--) {
      var entry =
          manifests.isEmpty() || !oneIn(3) ? manifest(depth + 1, algorithm()) : any(manifests);
      entries.add(annotated(oneIn(2) ? entry.withPlatform(Platform.parse(any(PLATFORMS))) : entry));
    }
    return ImageIndex.of(entries, Map.of("seed", "" + random.nextInt()));
  }

  private ImageManifest image() throws IOException {
    var image = ImageManifest.builder(blob(any(CONFIGS)));
    for (int i = random.nextInt(5); i > 0; i--) {
      image.layer(oneIn(6) ? foreignLayer() : blob(any(LAYERS)));
    }
    if (oneIn(3)) {
      image.artifactType(new MediaType("application/vnd.acme.artifact"));
    }
    if (oneIn(3)) {
      image.subject(manifests.isEmpty() ? missing() : any(manifests).plain());
    }
    return image.annotation("seed", "" + random.nextInt()).build();
  }

  private Digest.Algorithm algorithm() {
    return oneIn(5) ? Digest.Algorithm.SHA512 : Digest.Algorithm.SHA256;
  }

  private Descriptor annotated(Descriptor descriptor) {
    return oneIn(3)
        ? descriptor.withAnnotations(Map.of("note", "ü" + random.nextInt()))
        : descriptor;
  }

  private Descriptor blob(MediaType type) throws IOException {
    var bytes = type.equals(MediaType.EMPTY_JSON) ? Bytes.of("{}") : someBytes();
    var descriptor = Descriptor.of(type, bytes.digest(algorithm()), bytes.size());
    store.push(descriptor, Blob.of(bytes));
    return annotated(bytes.size() < 500 && oneIn(3) ? withData(descriptor, bytes) : descriptor);
  }

  private static Descriptor withData(Descriptor blob, Bytes data) {
    return new Descriptor(
        blob.mediaType(),
        blob.digest(),
        blob.size(),
        List.of(),
        Map.of(),
        null,
        null,
        data,
        Map.of("com.acme.unknown", List.of(1, "two")));
  }

  /** New ones, empty ones, big ones, and often one that another manifest has too. */
  private Bytes someBytes() {
    if (!blobs.isEmpty() && oneIn(3)) {
      return any(blobs);
    }
    var bytes = new byte[oneIn(8) ? 0 : oneIn(20) ? 1_200_000 : random.nextInt(2000)];
    random.nextBytes(bytes);
    blobs.add(Bytes.of(bytes));
    return Bytes.of(bytes);
  }

  /** Nobody has its content. */
  private Descriptor foreignLayer() {
    var layer = missing();
    return new Descriptor(
        any(FOREIGN),
        layer.digest(),
        layer.size(),
        List.of("https://example.com/layer"),
        Map.of(),
        null,
        null,
        null,
        Map.of());
  }

  private Descriptor missing() {
    return Descriptor.of(MediaType.OCI_MANIFEST, Bytes.of("missing" + random.nextLong()));
  }
}
