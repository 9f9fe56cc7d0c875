package io.github.tugoci.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.Download;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.fixture.Interop;
import io.github.tugoci.fixture.Jvm;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An image of 40 layers goes to a registry and back with a heap of 96 MiB, however big its layers
 * are: 16 MiB here, as that is quick; {@code -Dbig.layer=128} makes it 5 GiB.
 */
class BigImageIT {
  private static final int LAYERS = 40;
  private static final long LAYER = Long.getLong("big.layer", 16) * SampleImages.MIB;

  private final Path folder;

  BigImageIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void fortyLayersGoThereAndBackWithAHeapOf96Mebibytes() throws Exception {
    Interop.require(
        folder.toFile().getUsableSpace() > LAYERS * LAYER + SampleImages.GIB,
        "this test needs room on the disk for the image");
    var options = EmbeddedRegistryOptions.builder().folder(folder).build();
    try (var registry = EmbeddedRegistry.start(options)) {
      var moved =
          Jvm.running(ThereAndBack.class)
              .heap("96m")
              .within(Duration.ofMinutes(5))
              .run(registry.host(), Long.toString(LAYER))
              .expectSuccess();

      assertThat(moved.strip()).isEqualTo(LAYERS + 1 + " there, " + (LAYERS + 1) + " back");
    }
    assertThat(Folders.files(folder)).filteredOn(file -> file.contains("sha256")).hasSize(42);
  }

  /** Copies an image that is nowhere to the registry of the first argument, and reads it again. */
  static final class ThereAndBack {
    public static void main(String[] arguments) throws IOException {
      var image = image(Long.parseLong(arguments[1]));
      var tags = List.of("v1");
      try (var client = RegistryClient.anonymous()) {
        var repository = client.repository(arguments[0] + "/a/b");
        var there = Copier.copy(image, "v1", repository, tags, CopyOptions.defaults());
        var back = Copier.copy(repository, "v1", new Checked(), tags, CopyOptions.defaults());
        System.out.printf("%d there, %d back%n", there.blobs(), back.blobs());
      }
    }

    private static MemoryStore image(long size) throws IOException {
      var store = new MemoryStore();
      var manifest = ImageManifest.builder(store.add(MediaType.OCI_CONFIG, Bytes.of("{}")));
      for (int i = 0; i < LAYERS; i++) {
        var made = new Made(i, size);
        var hash = Digest.Algorithm.SHA256.newHash();
        try (var in = new DigestInputStream(made.open(), hash)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
        var layer =
            Descriptor.of(MediaType.OCI_LAYER_GZIP, Digest.Algorithm.SHA256.digest(hash), size);
        store.add(layer, made);
        manifest.layer(layer);
      }
      store.tag(store.add(manifest.build()), new Tag("v1"));
      return store;
    }
  }

  /** Content that is made while it is read: a mebibyte of noise, again and again. */
  private record Made(int seed, long size) implements Blob {
    private static final int PERIOD = 1 << 20;

    @Override
    public InputStream open() {
      var noise = new byte[PERIOD];
      new Random(seed).nextBytes(noise);
      return new InputStream() {
        private long position;

        @Override
        public int read() {
          var one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
          if (position == size) {
            return -1;
          }
          int from = (int) (position % PERIOD);
          int read = (int) Math.min(Math.min(length, PERIOD - from), size - position);
          System.arraycopy(noise, from, buffer, offset, read);
          position += read;
          return read;
        }
      };
    }
  }

  /** A target that checks what comes and keeps nothing. */
  private static final class Checked implements ContentTarget {
    @Override
    public boolean exists(Descriptor descriptor) {
      return false;
    }

    @Override
    public Outcome push(Descriptor descriptor, Blob body) throws IOException {
      Download.to(OutputStream.nullOutputStream(), descriptor, body);
      return Outcome.TRANSFERRED;
    }

    @Override
    public void tag(Descriptor descriptor, Tag tag) {}
  }
}
