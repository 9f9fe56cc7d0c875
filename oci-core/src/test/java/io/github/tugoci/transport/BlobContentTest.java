package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.MediaType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body on its way out is as long as it says. */
class BlobContentTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private static byte[] bytes(int size) {
    var bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i % 251);
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8192, 128 << 10, (128 << 10) + 1, 300_000})
  void allOfItIsWritten(int size) throws Exception {
    var content = new BlobContent(Blob.of(Bytes.of(bytes(size))), MediaType.JSON);

    content.writeTo(out);
    content.writeTo(out);

    assertThat(out.size()).isEqualTo(2 * size);
    assertThat(out.toByteArray()).startsWith(bytes(size)).endsWith(bytes(size));
    assertThat(content.getLength()).isEqualTo(size);
    assertThat(content.getType()).isEqualTo("application/json");
    assertThat(content.retrySupported()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void anotherLengthIsAFailure(int size) {
    var blob = Blob.of(size, () -> new ByteArrayInputStream(new byte[3]));

    assertThatThrownBy(() -> new BlobContent(blob, MediaType.JSON).writeTo(out))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("the body has 3 bytes instead of %d", size);
  }

  @Test
  void itIsClosed() throws Exception {
    boolean[] closed = new boolean[1];
    var in =
        new ByteArrayInputStream(new byte[3]) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };

    new BlobContent(Blob.of(3, () -> in), MediaType.JSON).writeTo(out);

    assertThat(closed[0]).isTrue();
  }
}
