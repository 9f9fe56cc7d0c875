package io.github.tugoci.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryStoreTest implements ContentStoreContract<MemoryStore> {
  private final MemoryStore store = new MemoryStore();

  @Override
  public MemoryStore store() {
    return store;
  }

  @Test
  void aFileThatWasAddedIsReadWhenItIsFetched(@TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("layer"), "before");
    var descriptor = Descriptor.of(MediaType.OCI_LAYER, Bytes.of("before"));
    store.add(descriptor, Blob.of(file));

    assertThat(store.read(descriptor, 10)).isEqualTo(Bytes.of("before"));
    Files.writeString(file, "behind");
    assertThatThrownBy(() -> store.read(descriptor, 10))
        .isInstanceOf(InvalidContentException.class);
  }

  @Test
  void aBodyOfAnotherSizeIsAWrongArgument() {
    var descriptor = Descriptor.of(MediaType.OCI_LAYER, Bytes.of("four"));

    assertThatThrownBy(() -> store.add(descriptor, Blob.of(Bytes.of("seven!!"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 bytes instead of 4");
    assertThat(store.exists(descriptor)).isFalse();
  }
}
