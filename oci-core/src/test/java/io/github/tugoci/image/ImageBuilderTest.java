package io.github.tugoci.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.InvalidLayerException;
import io.github.tugoci.json.Json;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.tar.Gzip;
import io.github.tugoci.tar.TarEntry;
import io.github.tugoci.tar.TarLimits;
import io.github.tugoci.tar.TarReader;
import io.github.tugoci.tar.TarWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageBuilderTest {
  private static final Platform AMD64 = Platform.parse("linux/amd64");

  private final Path folder;

  ImageBuilderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aDirectoryBecomesALayerThatDependsOnNothingElse() throws IOException {
    var one = tree("one", "b", "a");
    var two = tree("two", "a", "b");
    Files.setLastModifiedTime(two.resolve("a"), FileTime.from(Instant.ofEpochSecond(1_000_000)));
    Files.setPosixFilePermissions(two.resolve("b"), PosixFilePermissions.fromString("rw-rw-rw-"));

    try (var first = onNothing(Layer.ofDirectory(one, "/opt/app")).build();
        var second = onNothing(Layer.ofDirectory(two, "/opt//app/")).build()) {
      assertThat(second.manifest()).isEqualTo(first.manifest());
      assertThat(entries(first, 0))
          .containsExactly(
              file("opt/app/a", 0644),
              file("opt/app/b", 0644),
              TarEntry.directory("opt/app/bin", Instant.EPOCH),
              new TarEntry(
                  "opt/app/bin/link",
                  TarEntry.Type.SYMBOLIC_LINK,
                  0,
                  0777,
                  0,
                  0,
                  Instant.EPOCH,
                  "/elsewhere/run"),
              file("opt/app/bin/run", 0755));
    }
  }

  @Test
  void diffIdsAreTheDigestsOfTheUnpackedLayers() throws IOException {
    try (var image =
        onNothing(Layer.ofDirectory(tree("one", "a"), "/"))
            .layer(Layer.ofTar(tar(false)))
            .build()) {
      for (int i = 0; i < 2; i++) {
        try (var in = new GZIPInputStream(image.source().fetch(image.manifest().layers().get(i)))) {
          assertThat(Digest.of(in.readAllBytes())).isEqualTo(image.config().diffIds().get(i));
        }
      }
    }
  }

  @Test
  void theConfigurationIsWrittenAsGoProgramsDo() throws IOException {
    try (var image =
        ImageBuilder.onNothing(Platform.parse("linux/arm64/v8"))
            .author("me")
            .workingDir("/w")
            .user("1:1")
            .env("B", "=2")
            .env("A", "1")
            .label("z", "1")
            .label("a", "2")
            .exposedPort("8080")
            .exposedPort("53/udp")
            .cmd(List.of("c"))
            .entrypoint(List.of("e", "f"))
            .created(Instant.ofEpochSecond(1))
            .annotation("k", "v")
            .build()) {
      assertThat(image.config().bytes())
          .hasToString(
              "{\"created\":\"1970-01-01T00:00:01Z\",\"author\":\"me\",\"architecture\":\"arm64\","
                  + "\"os\":\"linux\",\"variant\":\"v8\",\"config\":{\"User\":\"1:1\","
                  + "\"ExposedPorts\":{\"53/udp\":{},\"8080/tcp\":{}},\"Env\":[\"B==2\",\"A=1\"],"
                  + "\"Entrypoint\":[\"e\",\"f\"],\"Cmd\":[\"c\"],\"WorkingDir\":\"/w\","
                  + "\"Labels\":{\"a\":\"2\",\"z\":\"1\"}},"
                  + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}");
      assertThat(image.manifest().annotations()).isEqualTo(Map.of("k", "v"));
      assertThat(image.manifest().layers()).isEmpty();
    }
  }

  @Test
  void whatTheBaseSaysStaysUnlessItIsChanged() throws IOException {
    var base = new MemoryStore();
    var diffId = Digest.of(new byte[0]);
    var manifest =
        base(
            base,
            "{\"architecture\":\"amd64\",\"os\":\"linux\",\"future\":[1.5],\"config\":"
                + "{\"Env\":[\"PATH=/bin\",\"A=1\"],\"Cmd\":[\"sh\"],\"Labels\":{\"l\":\"1\"},"
                + "\"StopSignal\":\"SIGINT\",\"Healthcheck\":{\"Test\":[\"x\"]}},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\""
                + diffId
                + "\"]}}",
            false);

    try (var image =
        ImageBuilder.on(BaseImage.open(base, manifest, AMD64).named("example.com/base:1"))
            .layer(Layer.ofTar(tar(true)))
            .env("PATH", "/usr/bin")
            .entrypoint(List.of("run"))
            .build()) {
      var config = Json.parseObject(image.config().bytes().toArray(), "config");
      assertThat(config.asMap()).containsKey("future");
      assertThat(config.object("config").orElseThrow().asMap()).containsKey("Healthcheck");
      assertThat(image.config().env()).containsExactly("PATH=/usr/bin", "A=1");
      assertThat(image.config().cmd()).as("arguments for the base's program").isEmpty();
      assertThat(image.config().stopSignal()).isEqualTo("SIGINT");
      assertThat(image.config().diffIds()).hasSize(2).startsWith(diffId);
      assertThat(image.config().history()).as("one step a layer").hasSize(2);
      assertThat(image.manifest().layers()).startsWith(manifest.layers().get(0));
      assertThat(image.manifest().annotations())
          .containsEntry(Annotations.BASE_NAME, "example.com/base:1")
          .containsEntry(Annotations.BASE_DIGEST, manifest.bytes().digest().toString());
    }
  }

  @Test
  void onADockerImageItIsADockerImage() throws IOException {
    var base = new MemoryStore();
    var manifest =
        base(
            base,
            "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[\""
                + Digest.of(new byte[0])
                + "\"]}}",
            true);
    try (var image =
        ImageBuilder.on(BaseImage.open(base, manifest, AMD64))
            .layer(Layer.ofTar(tar(true)))
            .build()) {
      assertThat(image.manifest().mediaType()).isEqualTo(MediaType.DOCKER_MANIFEST);
      assertThat(image.manifest().config().mediaType()).isEqualTo(MediaType.DOCKER_CONFIG);
      assertThat(image.manifest().layers().get(1).mediaType())
          .isEqualTo(MediaType.DOCKER_LAYER_GZIP);
      assertThat(image.manifest().annotations()).isEmpty();
    }
  }

  @Test
  void aBaseWhoseConfigurationKnowsOtherLayersIsRefused() throws IOException {
    var base = new MemoryStore();
    var manifest = base(base, "{\"architecture\":\"amd64\",\"os\":\"linux\"}", false);
    assertThatThrownBy(() -> BaseImage.open(base, manifest, AMD64))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("1 layers, but its configuration knows of 0");
    var artifact = ImageManifest.builder(base.add(MediaType.EMPTY_JSON, Bytes.of("{}"))).build();
    assertThatThrownBy(() -> BaseImage.open(base, artifact, AMD64))
        .hasMessageContaining("not an image: ");
  }

  @Test
  void aCompressedTarKeepsItsBytesAndAPlainOneItsContent() throws IOException {
    var plain = tar(false);
    var compressed = tar(true);
    try (var image =
        onNothing(Layer.ofTar(plain)).layer(Layer.ofTar(compressed)).concurrency(1).build()) {
      assertThat(image.manifest().layers().get(1).digest())
          .isEqualTo(Digest.of(Files.readAllBytes(compressed)));
      assertThat(image.config().diffIds()).containsOnly(Digest.of(Files.readAllBytes(plain)));
    }
  }

  @Test
  void aJarGoesIntoADirectory() throws IOException {
    var jar = Files.writeString(folder.resolve("app.jar"), "abc");
    try (var image = onNothing(Layer.ofFile(jar, "/app")).build()) {
      assertThat(entries(image, 0)).containsExactly(TarEntry.file("app/app.jar", 3, Instant.EPOCH));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text", "512", "1024", "zstd", "gzip", "cut"})
  void whatIsNoTarIsRefused(String what) throws IOException {
    var file = folder.resolve("layer");
    var bytes =
        switch (what) {
          case "512" -> "x".repeat(512).getBytes(UTF_8);
          case "1024" -> "y".repeat(1024).getBytes(UTF_8);
          case "zstd" -> new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0};
          case "gzip" -> new byte[] {0x1f, (byte) 0x8b, 0, 0, 0, 0, 0, 0, 0, 0, 0};
          case "cut" -> Arrays.copyOf(Files.readAllBytes(tar(false)), 600);
          default -> what.getBytes(UTF_8);
        };
    Files.write(file, bytes);
    assertThatThrownBy(() -> onNothing(Layer.ofTar(file)).build())
        .isInstanceOf(InvalidLayerException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void whatWouldDeleteFilesOfTheBaseIsRefused() throws IOException {
    var tree = tree("one", "a", ".wh.passwd");
    assertThatThrownBy(() -> onNothing(Layer.ofDirectory(tree, "/")).build())
        .isInstanceOf(InvalidLayerException.class)
        .hasMessageContaining("would delete");
    assertThatThrownBy(() -> onNothing(Layer.ofDirectory(folder.resolve("none"), "/")).build())
        .isInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"app", "/a/../b", "/.wh.x", "/a\n", ""})
  void aPlaceOutsideOfTheImageIsRefused(String below) {
    assertThatThrownBy(() -> Layer.ofDirectory(folder, below))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "70000", "80/icmp", "-1"})
  void whatIsNoPortIsRefused(String port) {
    var builder = ImageBuilder.onNothing(AMD64);
    assertThatThrownBy(() -> builder.exposedPort(port))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsNoVariableAndNoNumberIsRefused() {
    var builder = ImageBuilder.onNothing(AMD64);
    assertThatThrownBy(() -> builder.env("A=B", "")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.env("", "")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.concurrency(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static ImageBuilder onNothing(Layer layer) {
    return ImageBuilder.onNothing(AMD64).layer(layer);
  }

  private Path tree(String name, String... files) throws IOException {
    var tree = folder.resolve(name);
    var run = Files.createDirectories(tree.resolve("bin")).resolve("run");
    for (var file : files) {
      Files.writeString(tree.resolve(file), "abc");
    }
    Files.writeString(run, "abc");
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(tree.resolve("bin/link"), Path.of("/elsewhere/run"));
    return tree;
  }

  private static TarEntry file(String name, int mode) {
    return TarEntry.file(name, 3, Instant.EPOCH).withMode(mode);
  }

  private Path tar(boolean gzip) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarWriter(gzip ? Gzip.compress(bytes) : bytes)) {
      tar.add(TarEntry.file("../kept", 3, Instant.EPOCH), new byte[3]);
    }
    return Files.write(folder.resolve("layer.tar" + (gzip ? ".gz" : "")), bytes.toByteArray());
  }

  private static ImageManifest base(MemoryStore store, String config, boolean docker) {
    var type = docker ? MediaType.DOCKER_CONFIG : MediaType.OCI_CONFIG;
    var layer = store.add(MediaType.OCI_LAYER_GZIP, Bytes.of("a layer"));
    var manifest =
        ImageManifest.builder(store.add(type, Bytes.of(config)))
            .mediaType(docker ? MediaType.DOCKER_MANIFEST : MediaType.OCI_MANIFEST)
            .layer(layer)
            .build();
    store.add(manifest);
    return manifest;
  }

  private static List<TarEntry> entries(BuiltImage image, int layer) throws IOException {
    Descriptor descriptor = image.manifest().layers().get(layer);
    var entries = new ArrayList<TarEntry>();
    try (var tar = TarReader.openGzip(image.source().fetch(descriptor), TarLimits.NONE)) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        entries.add(entry.get());
      }
    }
    return entries;
  }
}
