package io.github.tugoci.copy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.json.Json;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Tagged content of all shapes that a registry may hold, with what refers to it; the same for the
 * same seed. All of it is reached from the tags.
 */
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
          new MediaType("application/vnd.buildkit.cacheconfig.v0"));
  private static final List<Platform> PLATFORMS =
      List.of(
          Platform.parse("linux/amd64"),
          Platform.parse("linux/arm64/v8"),
          Platform.parse("unknown/unknown"),
          new Platform("windows", "amd64", null, "10.0.17763.1", List.of("win32k")));
  private static final int MAX_DEPTH = 3;

  private final Random random;
  private final MemoryStore store = new MemoryStore();
  private final List<Descriptor> manifests = new ArrayList<>();
  private final List<Descriptor> blobs = new ArrayList<>();
  private final List<Bytes> contents = new ArrayList<>();

  private RandomGraph(Random random) {
    this.random = random;
  }

  /** A store with some tags, on some of which others lie. */
  static RandomGraph of(Random random) throws IOException {
    var graph = new RandomGraph(random);
    int roots = 1 + random.nextInt(4);
    for (int i = 0; i < roots; i++) {
      var root = graph.manifest(0, Digest.Algorithm.SHA256, null);
      for (int tag = 0; tag <= random.nextInt(3); tag++) {
        graph.store.tag(root, new Tag("v" + i + "." + tag));
      }
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      var about = graph.any(graph.manifests);
      graph.manifest(MAX_DEPTH - random.nextInt(2), graph.algorithm(), about);
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      graph.sign(graph.any(graph.manifests));
    }
    return graph;
  }

  /** Where it is. */
  MemoryStore store() {
    return store;
  }

  /** The manifests, each behind those that it names. */
  List<Descriptor> manifests() {
    return manifests;
  }

  /** All other content. */
  List<Descriptor> blobs() {
    return blobs;
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  private Digest.Algorithm algorithm() {
    return oneIn(5) ? Digest.Algorithm.SHA512 : Digest.Algorithm.SHA256;
  }

  /** Attaches something as cosign does, whose tags leave no room for a SHA-512. */
  private void sign(Descriptor about) throws IOException {
    var tag = "sha256-" + about.digest().hex() + any(List.of(".sig", ".att", ".sbom"));
    if (about.digest().algorithm() == Digest.Algorithm.SHA256 && !store.tags().contains(tag)) {
      store.tag(manifest(MAX_DEPTH, Digest.Algorithm.SHA256, null), new Tag(tag));
    }
  }

  private Descriptor manifest(int depth, Digest.Algorithm algorithm, @Nullable Descriptor about)
      throws IOException {
    var subject =
        about != null || !oneIn(6) ? about : manifests.isEmpty() ? missing() : any(manifests);
    var manifest = depth < MAX_DEPTH && oneIn(2) ? index(depth, subject) : image(subject);
    var bytes = manifest.bytes();
    var descriptor = Descriptor.of(manifest.mediaType(), bytes.digest(algorithm), bytes.size());
    store.push(descriptor, Blob.of(bytes));
    manifests.add(descriptor);
    return descriptor;
  }

  private Manifest index(int depth, @Nullable Descriptor subject) throws IOException {
    var entries = new ArrayList<Map<String, Object>>();
    for (int i = random.nextInt(4); i > 0; i--) {
      var entry =
          oneIn(6)
              ? blob(any(LAYERS))
              : manifests.isEmpty() || !oneIn(3)
                  ? manifest(depth + 1, algorithm(), null)
                  : any(manifests);
      entries.add(adorned(entry).toJson());
    }
    // Docker's types know no subject
    var type = subject == null && oneIn(4) ? MediaType.DOCKER_MANIFEST_LIST : MediaType.OCI_INDEX;
    var json = new LinkedHashMap<String, Object>();
    json.put("schemaVersion", 2);
    if (!oneIn(6)) {
      json.put("mediaType", type.value());
    }
    if (oneIn(3)) {
      json.put("artifactType", "application/vnd.acme.set");
    }
    json.put("manifests", entries);
    if (subject != null) {
      json.put("subject", subject.toJson());
    }
    json.put("annotations", Map.of("seed", "" + random.nextInt()));
    return Manifest.parse(type, Bytes.of(Json.write(json)));
  }

  private ImageManifest image(@Nullable Descriptor subject) throws IOException {
    var image = ImageManifest.builder(adorned(blob(any(CONFIGS)))).subject(subject);
    for (int i = random.nextInt(5); i > 0; i--) {
      image.layer(oneIn(6) ? foreignLayer() : adorned(blob(any(LAYERS))));
    }
    if (oneIn(3)) {
      image.artifactType(new MediaType("application/vnd.acme.artifact"));
    }
    if (subject == null && oneIn(4)) {
      image.mediaType(MediaType.DOCKER_MANIFEST);
    }
    if (oneIn(6)) {
      image.withoutMediaType();
    }
    return image.annotation("seed", "" + random.nextInt()).build();
  }

  /** With what a descriptor may have besides. */
  private Descriptor adorned(Descriptor plain) throws IOException {
    boolean small = plain.size() < 500;
    return new Descriptor(
        plain.mediaType(),
        plain.digest(),
        plain.size(),
        oneIn(6) ? List.of("https://example.com/mirror") : List.of(),
        oneIn(3) ? Map.of("note", "ü" + random.nextInt()) : Map.of(),
        oneIn(2) ? any(PLATFORMS) : null,
        oneIn(6) ? MediaType.JSON : null,
        small && oneIn(3) ? store.read(plain, 500) : null,
        oneIn(6) ? Map.of("com.acme.unknown", List.of(1, "two")) : Map.of());
  }

  private Descriptor blob(MediaType type) throws IOException {
    var bytes = type.equals(MediaType.EMPTY_JSON) ? Bytes.of("{}") : someBytes();
    var descriptor = Descriptor.of(type, bytes.digest(algorithm()), bytes.size());
    store.push(descriptor, Blob.of(bytes));
    blobs.add(descriptor);
    return descriptor;
  }

  /** New ones, empty ones, big ones, and often one that another manifest has too. */
  private Bytes someBytes() {
    if (!contents.isEmpty() && oneIn(3)) {
      return any(contents);
    }
    var bytes = new byte[oneIn(8) ? 0 : oneIn(20) ? 1_200_000 : random.nextInt(2000)];
    random.nextBytes(bytes);
    contents.add(Bytes.of(bytes));
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
