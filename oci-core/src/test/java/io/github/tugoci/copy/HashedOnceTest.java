package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.archive.DockerArchive;
import io.github.tugoci.archive.OciArchive;
import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.fixture.HashedBytes;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content is hashed once on its way, whichever store it comes from and goes to. */
class HashedOnceTest {
  private static final int SIZE = 4 << 20;
  private static final int SMALL = 64 << 10;

  private final Path temp;
  private final MemoryStore memory = new MemoryStore();

  HashedOnceTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @BeforeEach
  void addAnImage() throws Exception {
    var content = new byte[SIZE];
    new Random(17).nextBytes(content);
    var bytes = Bytes.of(content);
    var config =
        memory.add(
            MediaType.OCI_CONFIG,
            Bytes.of("{\"rootfs\":{\"diff_ids\":[\"" + bytes.digest() + "\"]}}"));
    var layer = Descriptor.of(MediaType.OCI_LAYER, bytes);
    memory.add(layer, Blob.of(bytes));
    memory.tag(memory.add(ImageManifest.builder(config).layer(layer).build()), new Tag("v1"));
  }

  private static void assertHashedOnce(ContentSource source, ContentTarget target)
      throws IOException {
    try (var hashed = HashedBytes.count()) {
      assertThat(Copier.copy(source, "v1", target).bytes()).isGreaterThan(SIZE);
      assertThat(hashed.bytes()).isBetween((long) SIZE, (long) SIZE + SMALL);
    }
  }

  private OciLayout layout(String name) throws IOException {
    return OciLayout.create(temp.resolve(name));
  }

  @Test
  void fromMemoryToALayoutToAnother() throws Exception {
    assertHashedOnce(memory, layout("one"));
    assertHashedOnce(layout("one"), layout("two"));
  }

  @Test
  void fromARegistryToALayout() throws Exception {
    try (var registry = EmbeddedRegistry.start();
        var client = RegistryClient.anonymous()) {
      var repository = client.repository(registry.host() + "/acme/app");
      Copier.copy(memory, "v1", repository);
      assertHashedOnce(repository, layout("one"));
    }
  }

  @Test
  void fromALayoutToARegistryThatHashesItself() throws Exception {
    Copier.copy(memory, "v1", layout("one"));
    try (var registry = EmbeddedRegistry.start();
        var client = RegistryClient.anonymous()) {
      // By the registry, which is in this process.
      assertHashedOnce(layout("one"), client.repository(registry.host() + "/acme/app"));
    }
  }

  /** It is parsed, checked, named and sent; each of these once took its digest anew. */
  @Test
  void aManifestFromALayoutToARegistry() throws Exception {
    var config = memory.add(MediaType.OCI_CONFIG, Bytes.of("{}"));
    var large = Map.of("note", "x".repeat(SIZE / 8));
    memory.tag(
        memory.add(ImageManifest.builder(config).annotations(large).build()), new Tag("large"));
    Copier.copy(memory, "large", layout("one"));
    try (var registry = EmbeddedRegistry.start();
        var client = RegistryClient.anonymous()) {
      var repository = client.repository(registry.host() + "/acme/app");
      try (var hashed = HashedBytes.count()) {
        Copier.copy(layout("one"), "large", repository);
        // Once here, and by the registry, which is in this process.
        assertThat(hashed.bytes()).isBetween(2L * SIZE / 8, 2L * SIZE / 8 + SMALL);
      }
    }
  }

  @Test
  void aLayoutsWrongBlobIsNamedAndNoTagMoves() throws Exception {
    Copier.copy(memory, "v1", layout("one"));
    var image = memory.read(memory.resolve(new Tag("v1")), SMALL);
    var blob = ((ImageManifest) Manifest.parse(image)).layers().get(0);
    var file = temp.resolve("one/blobs/sha256/" + blob.digest().hex());
    var bytes = Files.readAllBytes(file);
    bytes[SIZE - 1]++;
    Files.write(file, bytes);
    try (var registry = EmbeddedRegistry.start();
        var client = RegistryClient.anonymous()) {
      var repository = client.repository(registry.host() + "/acme/app");
      assertThatThrownBy(() -> Copier.copy(layout("one"), "v1", repository))
          .isInstanceOf(InvalidContentException.class)
          .hasMessageContaining(temp.resolve("one").toString())
          .hasMessageContaining(blob.digest().toString());
      assertThat(repository.listTags()).isEmpty();
    }
  }

  @Test
  void toAnArchiveAndFromItToALayout() throws Exception {
    var file = temp.resolve("image.tar");
    OciArchive.write(
        file,
        target -> {
          assertHashedOnce(memory, target);
          return target;
        });
    assertHashedOnce(OciArchive.open(file), layout("one"));
  }

  @Test
  void toAnArchiveForDocker() throws Exception {
    DockerArchive.write(
        temp.resolve("image.tar"),
        target -> {
          assertHashedOnce(memory, target);
          return target;
        });
  }

  @Test
  void fromOneRepositoryToAnotherRegistry() throws Exception {
    try (var one = EmbeddedRegistry.start();
        var two = EmbeddedRegistry.start();
        var client = RegistryClient.anonymous()) {
      var source = client.repository(one.host() + "/acme/app");
      Copier.copy(memory, "v1", source);
      try (var hashed = HashedBytes.count()) {
        Copier.copy(
            source,
            "v1",
            client.repository(two.host() + "/acme/app"),
            List.of("v1"),
            CopyOptions.defaults());
        // Once here, and once by the registry, which is in this process.
        assertThat(hashed.bytes()).isBetween(2L * SIZE, 2L * (SIZE + SMALL));
      }
    }
  }
}
