package io.github.tugoci.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.error.InvalidLayerException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.model.Platform;
import io.github.tugoci.tar.Gzip;
import io.github.tugoci.tar.TarEntry;
import io.github.tugoci.tar.TarWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bases that no layer of ours fits, and those that look so and do. */
class OddBasesTest {
  private static final Platform WINDOWS = Platform.parse("windows/amd64");
  private static final Bytes LAYER = Bytes.of("the base's layer");

  private final MemoryStore store = new MemoryStore();
  private final Path folder;

  OddBasesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Layer tar(String... names) throws IOException {
    var file = folder.resolve("layer.tar");
    try (var tar = new TarWriter(Files.newOutputStream(file))) {
      for (var name : names) {
        var entry =
            name.endsWith("/")
                ? TarEntry.directory(name, Instant.EPOCH)
                : TarEntry.file(name, 0, Instant.EPOCH);
        tar.add(entry, new byte[0]);
      }
    }
    return Layer.ofTar(file);
  }

  private ImageBuilder on(String config, String layerType) throws IOException {
    var document = "{%s,\"rootfs\":{\"diff_ids\":[\"%s\"]}}".formatted(config, LAYER.digest());
    var manifest =
        ImageManifest.builder(store.add(MediaType.OCI_CONFIG, Bytes.of(document)))
            .layer(store.add(new MediaType(layerType), LAYER))
            .build();
    return ImageBuilder.on(BaseImage.open(store, manifest, WINDOWS));
  }

  private static void assertRefused(ImageBuilder builder, String message) {
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidLayerException.class)
        .hasMessageContaining(message);
  }

  private ImageBuilder onWindows() throws IOException {
    return on(
        "\"os\":\"windows\",\"architecture\":\"amd64\",\"os.version\":\"10.0.17763.1\"",
        "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");
  }

  @Test
  void anImageForWindowsTakesNoLayersOfTheFormOfOtherSystems() throws Exception {
    var file = Files.writeString(folder.resolve("app.jar"), "");

    assertRefused(onWindows().layer(tar("etc/", "etc/app")), "only below Files/");
    assertRefused(onWindows().layer(tar("Files/app", "app")), "only below Files/");
    assertRefused(onWindows().layer(tar("Hives/")), "only below Files/");
    assertRefused(onWindows().layer(Layer.ofFile(file, "/app")), "invalid layer ");
    assertRefused(onWindows().layer(Layer.ofDirectory(folder, "/")), "windows/amd64");
    assertRefused(ImageBuilder.onNothing(WINDOWS).layer(tar("a")), "only below Files/");
  }

  @Test
  void aBaseWithoutASystemIsWindowsByItsVersion() throws Exception {
    var base = on("\"os.version\":\"10.0.20348.1\"", "application/vnd.oci.image.layer.v1.tar+gzip");

    assertRefused(base.layer(tar("etc/", "etc/app")), "only below Files/");
  }

  @Test
  void anImageForWindowsTakesLayersThatAreForWindows() throws Exception {
    try (var image = onWindows().layer(tar("./Files/", "Files/app.exe", "Hives/")).build()) {
      assertThat(image.manifest().layers()).hasSize(2);
      assertThat(image.config().platform().osVersion()).isEqualTo("10.0.17763.1");
    }
    try (var image = onWindows().env("A", "b").build()) {
      assertThat(image.manifest().layers()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.in-toto+json",
        "application/vnd.oci.image.layer.v1.tar+gzip+encrypted",
        "application/vnd.oci.image.layer.nydus.blob.v1",
        "application/octet-stream"
      })
  void aBaseWithLayersOfUnknownTypesIsRefused(String type) throws Exception {
    var builder = on("\"os\":\"linux\",\"architecture\":\"amd64\"", type);

    assertRefused(builder.layer(tar("a")), "the unknown type " + type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.oci.image.layer.v1.tar",
        "application/vnd.oci.image.layer.v1.tar+zstd",
        "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
        "application/vnd.docker.image.rootfs.diff.tar.gzip"
      })
  void aBaseWithLayersOfAnyKnownTypeIsTaken(String type) throws Exception {
    for (var os : Arrays.asList("linux", "freebsd", "")) {
      var builder = on("\"os\":\"" + os + "\",\"architecture\":\"\"", type);
      try (var image = builder.layer(tar("a")).build()) {
        assertThat(image.manifest().layers()).hasSize(2);
      }
    }
  }

  @Test
  void aBaseWithAnotherKindOfRootIsRefused() throws Exception {
    var config =
        "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"type\":\"layers+base\"}}";
    var manifest = ImageManifest.builder(store.add(MediaType.OCI_CONFIG, Bytes.of(config))).build();
    var builder = ImageBuilder.on(BaseImage.open(store, manifest, WINDOWS));

    assertRefused(builder.layer(tar("a")), "rootfs has the unknown type \"layers+base\"");
  }

  @Test
  void aCompressedTarThatIsTruncatedIsNamed() throws Exception {
    var file = folder.resolve("layer.tar.gz");
    try (var tar = new TarWriter(Gzip.compress(Files.newOutputStream(file)))) {
      tar.add(TarEntry.file("Files/a", 5, Instant.EPOCH), new byte[] {1, 2, 3, 4, 5});
    }
    var whole = Files.readAllBytes(file);
    for (int size : new int[] {whole.length - 1, whole.length - 9, whole.length / 2, 12, 5}) {
      Files.write(file, Arrays.copyOf(whole, size));
      for (var platform : new Platform[] {WINDOWS, Platform.parse("linux/amd64")}) {
        assertRefused(
            ImageBuilder.onNothing(platform).layer(Layer.ofTar(file)), file + ": truncated");
      }
    }
  }
}
