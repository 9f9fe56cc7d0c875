package io.github.tugoci.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.copy.Root;
import io.github.tugoci.json.Json;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.tar.Gzip;
import io.github.tugoci.tar.TarEntry;
import io.github.tugoci.tar.TarWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Images come out of Docker's archives with the names, configurations and files that they went in
 * with. A failure's name has the seed; put it among the seeds to see it again.
 */
class RandomDockerArchivesTest {
  private static final long FIRST_SEED = 20_240_501;
  private static final int ROUNDS = 16;
  private static final int ZSTD_HEADER = 12;
  private static final List<String> NAMES =
      List.of(
          "app:1",
          "app:latest",
          "acme/app:1",
          "acme/app:2",
          "ghcr.io/acme/app:1",
          "localhost:5000/a:1",
          "[::1]:5000/a:1",
          "10.0.0.1/a:1",
          "acme/a/b/c:1");
  private static final List<MediaType> LAYERS =
      List.of(
          MediaType.OCI_LAYER,
          MediaType.OCI_LAYER_GZIP,
          MediaType.DOCKER_LAYER_GZIP,
          MediaType.OCI_LAYER_ZSTD);

  private final Path file;
  private final MemoryStore store = new MemoryStore();
  private final List<Image> images = new ArrayList<>();

  RandomDockerArchivesTest(@TempDir Path folder) {
    this.file = folder.resolve("images.tar");
  }

  /**
   * An image that goes into an archive.
   *
   * @param config its configuration's bytes
   * @param contents its layers, unpacked
   */
  private record Image(
      ImageManifest manifest, Bytes config, List<Bytes> contents, List<String> names) {
    /** Of an image whose layers are all unpacked the archive gives another manifest. */
    boolean keepsItsDigest() {
      return contents.isEmpty()
          || manifest.layers().stream()
              .anyMatch(layer -> !layer.mediaType().equals(MediaType.OCI_LAYER));
    }
  }

  /** The same ones each time, and one that is new. */
  static LongStream seeds() {
    return LongStream.concat(
        LongStream.range(FIRST_SEED, FIRST_SEED + ROUNDS), LongStream.of(new Random().nextLong()));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsWrittenIsReadAsItWas(long seed, TestReporter reporter) throws Exception {
    reporter.publishEntry("seed", Long.toString(seed));
    var random = new Random(seed);
    make(random);

    DockerArchive.write(
        file,
        target -> {
          var options = CopyOptions.builder().concurrency(1 + random.nextInt(5)).build();
          for (var image : images) {
            Copier.copy(store, Root.of(image.manifest()), target, image.names(), options);
          }
          return target;
        });

    assertRead();
    for (var image : images) {
      for (var name : image.names()) {
        try (var archive = DockerArchive.open(file, name)) {
          assertThat(
                  archive
                      .resolve(Selector.parse(archive.tag()))
                      .equals(image.manifest().descriptor()))
              .as(name)
              .isEqualTo(image.keepsItsDigest());
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anArchiveOfDockersOldFormIsReadAsItWas(long seed, TestReporter reporter) throws Exception {
    reporter.publishEntry("seed", Long.toString(seed));
    var random = new Random(seed);
    make(random);
    var entries = new ArrayList<Object>();
    try (var tar = new TarWriter(Files.newOutputStream(file))) {
      for (var image : images) {
        var config = image.manifest().config().digest().hex() + ".json";
        add(tar, config, image.config());
        var paths = new ArrayList<String>();
        for (var layer : image.manifest().layers()) {
          paths.add("%016x/layer.tar".formatted(random.nextLong()));
          add(tar, paths.get(paths.size() - 1), store.read(layer, Integer.MAX_VALUE));
        }
        entries.add(Map.of("Config", config, "RepoTags", image.names(), "Layers", paths));
      }
      add(tar, "manifest.json", Bytes.of(Json.write(entries)));
    }

    assertRead();
  }

  private static void add(TarWriter tar, String name, Bytes content) throws IOException {
    tar.add(TarEntry.file(name, content.size(), Instant.EPOCH), content.toArray());
  }

  private void assertRead() throws IOException {
    assertThat(DockerArchive.names(file))
        .containsExactlyInAnyOrderElementsOf(
            images.stream().flatMap(image -> image.names().stream()).toList());
    for (var image : images) {
      for (var name : image.names()) {
        var target = new MemoryStore();
        try (var archive = DockerArchive.open(file, name)) {
          Copier.copy(archive, archive.tag(), target, List.of(name), CopyOptions.defaults());
        }
        var read = (ImageManifest) target.manifest(Selector.parse(name));
        assertThat(target.read(read.config(), Integer.MAX_VALUE)).isEqualTo(image.config());
        var contents = new ArrayList<Bytes>();
        for (var layer : read.layers()) {
          contents.add(unpack(target.read(layer, Integer.MAX_VALUE)));
        }
        assertThat(contents).as(name).isEqualTo(image.contents());
      }
    }
  }

  private void make(Random random) throws IOException {
    var names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    var contents = new ArrayList<Bytes>();
    for (int i = 0; i < 6; i++) {
      var bytes = new byte[i == 0 ? 0 : random.nextInt(3000)];
      Arrays.fill(bytes, (byte) i); // as no compressed layer begins
      contents.add(Bytes.of(bytes));
    }
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      var own = new ArrayList<Bytes>();
      for (int layer = random.nextInt(5); layer > 0; layer--) {
        own.add(contents.get(random.nextInt(contents.size())));
      }
      images.add(image(own, take(names, 1 + random.nextInt(2)), random));
      if (random.nextInt(3) == 0) {
        // the same image once more, packed in another way
        images.add(image(own, take(names, 1), random));
      }
    }
  }

  private static List<String> take(List<String> names, int count) {
    var taken = names.subList(0, count);
    var copy = List.copyOf(taken);
    taken.clear();
    return copy;
  }

  private Image image(List<Bytes> contents, List<String> names, Random random) throws IOException {
    var ids = contents.stream().map(content -> content.digest().toString()).toList();
    var config =
        Bytes.of(
            Json.write(
                Map.of("os", "linux", "architecture", "amd64", "rootfs", Map.of("diff_ids", ids))));
    var manifest =
        ImageManifest.builder(put(MediaType.OCI_CONFIG, config, random))
            .annotation("seed", "" + random.nextInt(2));
    for (var content : contents) {
      var type = LAYERS.get(random.nextInt(LAYERS.size()));
      manifest.layer(put(type, pack(type, content), random));
    }
    var built = manifest.build();
    store.add(built);
    return new Image(built, config, contents, names);
  }

  private Descriptor put(MediaType type, Bytes bytes, Random random) {
    var algorithm = random.nextInt(5) == 0 ? Digest.Algorithm.SHA512 : Digest.Algorithm.SHA256;
    var descriptor = Descriptor.of(type, bytes.digest(algorithm), bytes.size());
    store.add(descriptor, Blob.of(bytes));
    return descriptor;
  }

  private static Bytes pack(MediaType type, Bytes content) throws IOException {
    if (type.equals(MediaType.OCI_LAYER)) {
      return content;
    }
    if (type.equals(MediaType.OCI_LAYER_ZSTD)) {
      // RFC 8878: one segment of 4 bytes' size with one raw block
      return Bytes.of(
          ByteBuffer.allocate(ZSTD_HEADER + content.size())
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(0xfd2fb528)
              .put((byte) 0xa0)
              .putInt(content.size())
              .put((byte) (content.size() << 3 | 1))
              .putShort((short) (content.size() >> 5))
              .put(content.toArray())
              .array());
    }
    var packed = new ByteArrayOutputStream();
    try (var gzip = Gzip.compress(packed)) {
      gzip.write(content.toArray());
    }
    return Bytes.of(packed.toByteArray());
  }

  private static Bytes unpack(Bytes packed) throws IOException {
    try (var in = packed.open()) {
      int first = packed.size() == 0 ? -1 : packed.toArray()[0] & 0xff;
      if (first == 0x1f) {
        return Bytes.of(new GZIPInputStream(in).readAllBytes());
      }
      in.skipNBytes(first == 0x28 ? ZSTD_HEADER : 0);
      return Bytes.of(in.readAllBytes());
    }
  }
}
