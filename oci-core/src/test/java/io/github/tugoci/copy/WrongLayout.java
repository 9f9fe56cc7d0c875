package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Random;

/**
 * A layout with an artifact of one layer, in which something happened to that layer's file.
 *
 * @param layout where it is
 * @param layer the layer as it should be
 */
record WrongLayout(OciLayout layout, Descriptor layer) {
  /** Large enough to be sent without being hashed. */
  static final int LARGE = 3 << 20;

  /** Small enough to be hashed first. */
  static final int SMALL = 100 << 10;

  /** What happens to a file. */
  enum Damage {
    CHANGED {
      @Override
      void to(RandomAccessFile file) throws IOException {
        file.seek(file.length() - 1);
        int last = file.read();
        file.seek(file.length() - 1);
        file.write(last + 1);
      }
    },
    SHORTENED {
      @Override
      void to(RandomAccessFile file) throws IOException {
        file.setLength(file.length() / 2);
      }
    },
    LENGTHENED {
      @Override
      void to(RandomAccessFile file) throws IOException {
        file.setLength(file.length() * 2);
      }
    };

    abstract void to(RandomAccessFile file) throws IOException;
  }

  static WrongLayout in(Path folder, int size, Damage damage) throws IOException {
    var content = new byte[size];
    new Random(size).nextBytes(content);
    var memory = new MemoryStore();
    var config = memory.add(MediaType.EMPTY_JSON, Bytes.of("{}"));
    var layer = Descriptor.of(MediaType.OCI_LAYER, Bytes.of(content));
    memory.add(layer, Blob.of(Bytes.of(content)));
    memory.tag(memory.add(ImageManifest.builder(config).layer(layer).build()), new Tag("v1"));
    var layout = OciLayout.create(folder);
    Copier.copy(memory, "v1", layout);
    var file = folder.resolve("blobs/sha256").resolve(layer.digest().hex());
    try (var opened = new RandomAccessFile(file.toFile(), "rw")) {
      damage.to(opened);
    }
    return new WrongLayout(layout, layer);
  }

  /** A push fails, the error names the layout and the layer, and no tag is set. */
  void assertRefused(Repository repository) throws IOException {
    assertThatThrownBy(() -> Copier.copy(layout, "v1", repository))
        .isInstanceOfSatisfying(
            InvalidContentException.class, e -> assertThat(e.isReceived()).isFalse())
        .hasMessageContaining(layout.directory().toString())
        .hasMessageContaining(layer.digest().toString())
        .hasMessageMatching("(?s).*(has the digest sha256:|has .* bytes).*");
    assertThat(repository.listTags()).isEmpty();
  }
}
