package io.github.tugoci.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.fixture.LiveThreads;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyingInputStreamTest {
  private static final int LARGE = VerifyingInputStream.PARALLEL_FROM;

  private static Bytes random(int size) {
    var bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return Bytes.of(bytes);
  }

  private static Descriptor descriptor(Bytes content) {
    return Descriptor.of(MediaType.OCTET_STREAM, content);
  }

  private static VerifyingInputStream stream(Bytes actual, Bytes expected) {
    return new VerifyingInputStream(actual.open(), descriptor(expected));
  }

  private static Bytes withLastByteChanged(Bytes content) {
    var bytes = content.toArray();
    bytes[bytes.length - 1] ^= 1;
    return Bytes.of(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100_000, LARGE - 1, LARGE, LARGE + 1, 5 * LARGE})
  void rightContentIsMovedWhole(int size) throws Exception {
    var content = random(size);
    var out = new ByteArrayOutputStream();

    try (var in = stream(content, content)) {
      assertThat(in.transferTo(out)).isEqualTo(size);
      assertThat(in.read()).isEqualTo(-1);
    }

    assertThat(out.toByteArray()).isEqualTo(content.toArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100_000, LARGE, 5 * LARGE})
  void contentOfAnotherDigestFailsHoweverItIsRead(int size) {
    var content = random(size);
    var wrong = withLastByteChanged(content);

    assertThatThrownBy(() -> stream(wrong, content).transferTo(OutputStream.nullOutputStream()))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("has the digest " + wrong.digest());
    assertThatThrownBy(() -> stream(wrong, content).readAllBytes())
        .isInstanceOf(InvalidContentException.class);
    assertThatThrownBy(() -> stream(wrong, content).skipNBytes(size))
        .isInstanceOf(InvalidContentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, LARGE})
  void contentThatIsTooShortOrTooLongFails(int size) {
    var content = random(size);
    var shorter = Bytes.of(Arrays.copyOf(content.toArray(), size - 1));
    var longer = Bytes.of(Arrays.copyOf(content.toArray(), size + 1));

    assertThatThrownBy(() -> stream(shorter, content).transferTo(OutputStream.nullOutputStream()))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("has %d bytes instead of %d", size - 1, size);
    assertThatThrownBy(() -> stream(longer, content).transferTo(OutputStream.nullOutputStream()))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("has more than its " + size + " bytes");
  }

  @Test
  void theLastBytesOfWrongContentAreNotHandedOut() throws Exception {
    var content = random(10);
    try (var in = stream(withLastByteChanged(content), content)) {
      assertThat(in.readNBytes(9)).isEqualTo(Arrays.copyOf(content.toArray(), 9));

      assertThatThrownBy(in::read).isInstanceOf(InvalidContentException.class);
    }
  }

  @Test
  void aFailureIsNotForgottenByReadingOn() throws Exception {
    var content = random(10);
    try (var in = stream(withLastByteChanged(content), content)) {
      assertThatThrownBy(in::readAllBytes).isInstanceOf(InvalidContentException.class);

      assertThatThrownBy(in::read).isInstanceOf(InvalidContentException.class);
      assertThatThrownBy(() -> in.transferTo(OutputStream.nullOutputStream()))
          .isInstanceOf(InvalidContentException.class);
    }
  }

  @Test
  void anEndlessStreamFailsSoonAfterItsSize() {
    var zeros =
        new InputStream() {
          private long given;

          @Override
          public int read() {
            given++;
            return 0;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            given += length;
            return length;
          }
        };
    var in = new VerifyingInputStream(zeros, descriptor(random(1000)));

    assertThatThrownBy(in::readAllBytes).isInstanceOf(InvalidContentException.class);
    assertThat(zeros.given).isLessThan(100_000);
  }

  @Test
  void aSourceThatBreaksEndsTheHashingThread() throws Exception {
    var content = random(3 * LARGE);
    var in = new VerifyingInputStream(new BreakingBlob(content).open(), descriptor(content));

    assertThatThrownBy(() -> in.transferTo(OutputStream.nullOutputStream()))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is on fire");
    assertNoHashThread();
  }

  @Test
  void aTargetThatBreaksEndsTheHashingThread() throws Exception {
    var content = random(3 * LARGE);
    var full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("the disk is full");
          }
        };

    assertThatThrownBy(() -> stream(content, content).transferTo(full))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is full");
    assertNoHashThread();
  }

  private static void assertNoHashThread() throws InterruptedException {
    assertThat(LiveThreads.afterTheEndOf("tug-hash", Set.of())).isEmpty();
  }

  @Test
  void aStreamThatChecksItselfIsNotHashedTwice() throws Exception {
    var content = random(10);
    try (var in = stream(content, content)) {
      assertThat(VerifyingInputStream.of(in, descriptor(content))).isSameAs(in);
      assertThat(VerifyingInputStream.of(in, descriptor(random(11)))).isNotSameAs(in);
      assertThat(in.read()).isGreaterThanOrEqualTo(0);
      assertThat(VerifyingInputStream.of(in, descriptor(content))).isNotSameAs(in);
    }
  }

  @Test
  void aFilterStandsBeforeTheCheck() throws Exception {
    var content = random(10);
    try (var in = stream(content, content).through(rest -> withLastByteChanged(content).open())) {
      assertThatThrownBy(in::readAllBytes).isInstanceOf(InvalidContentException.class);
    }
  }
}
