package io.github.tugoci.interop;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.fixture.DockerRegistry;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.fixture.Jvm;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.interop.Site.Access;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM that uses the library needs, and that it can end. */
class JvmIT {
  private final Path temp;

  JvmIT(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void aJvmExitsByItselfOnceTheClientIsClosed() throws Exception {
    var images =
        SampleImages.in(temp.resolve("images"))
            .image("v1", SampleImages.MIB, 2 * SampleImages.MIB, SampleImages.KIB);
    var back = temp.resolve("back");
    try (var site = Site.start(Access.TOKENS)) {
      Jvm.running(ThereAndBack.class)
          .within(Duration.ofSeconds(20))
          .run(site.registry().host(), images.layout().toString(), back.toString())
          .expectSuccess();
    }
    Folders.assertSame(back.resolve("blobs"), images.layout().resolve("blobs"));
  }

  @Test
  void aGibibyteGoesThereAndBackWithAHeapOf64Mebibytes() throws Exception {
    var layout = layoutWithSparseLayer();
    var back = temp.resolve("back");
    try (var site = Site.start(Access.TOKENS)) {
      Jvm.running(ThereAndBack.class)
          .heap("64m")
          .run(site.registry().host(), layout.toString(), back.toString())
          .expectSuccess();
    }
    Folders.assertSame(back.resolve("blobs"), layout.resolve("blobs"));
  }

  /** The layer's gibibyte of zeros takes no room on the disk before it is copied. */
  private Path layoutWithSparseLayer() throws IOException {
    var directory = temp.resolve("sparse");
    var layout = OciLayout.create(directory);
    var config = Bytes.of("{}");
    var configured = Descriptor.of(MediaType.OCI_CONFIG, config);
    layout.push(configured, Blob.of(config));
    var file = directory.resolve("layer");
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(SampleImages.GIB);
    }
    var layer = Descriptor.of(MediaType.OCI_LAYER, file);
    Files.move(file, directory.resolve("blobs/sha256").resolve(layer.digest().hex()));
    var manifest = ImageManifest.builder(configured).layer(layer).build();
    layout.push(manifest.descriptor(), Blob.of(manifest.bytes()), List.of(new Tag("v1")));
    return directory;
  }

  /** Pushes a layout's v1 to the registry of the first argument and pulls it into another. */
  static final class ThereAndBack {
    public static void main(String[] arguments) throws IOException {
      var host = arguments[0];
      var credential =
          new Credential.Password(DockerRegistry.USER, DockerRegistry.PASSWORD, "the test");
      try (var client =
          RegistryClient.create(TransportOptions.defaults(), Keychain.of(host, credential))) {
        var repository = client.repository(host + "/a/b");
        var tags = List.of("v1");
        var options = CopyOptions.defaults();
        var source = OciLayout.open(Path.of(arguments[1]));
        Copier.copy(source, "v1", repository, tags, options);

        Copier.copy(repository, "v1", OciLayout.create(Path.of(arguments[2])), tags, options);
      }
    }
  }
}
