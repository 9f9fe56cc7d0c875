package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.content.ProgressListener;
import io.github.tugoci.content.VerifyingInputStream;
import io.github.tugoci.error.CopySide;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import java.io.ByteArrayOutputStream;
import java.io.InterruptedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every byte that is read is told, and wrong ones are the source's. */
class ProgressBlobTest {
  private static final Bytes CONTENT = Bytes.of("some \u00fcmlauts and more");
  private static final Descriptor DESCRIPTOR = Descriptor.of(Contents.LAYER, CONTENT);

  private final MemoryStore source = new MemoryStore();
  private final List<Long> moves = new ArrayList<>();
  private final ProgressListener listener =
      new ProgressListener() {
        @Override
        public void moved(Descriptor descriptor, long bytes) {
          assertThat(descriptor).isEqualTo(DESCRIPTOR);
          moves.add(bytes);
        }
      };

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private ProgressBlob blob(Blob body) {
    return new ProgressBlob(DESCRIPTOR, body, source, listener);
  }

  private long told() {
    return moves.stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void itIsTheBodyThatItWraps() {
    var blob = blob(Blob.of(Blob.of(CONTENT), source));

    assertThat(blob.size()).isEqualTo(CONTENT.size());
    assertThat(blob.origin()).contains(source);
  }

  @Test
  void whatIsReadIsTold() throws Exception {
    try (var in = blob(Blob.of(CONTENT)).open()) {
      assertThat(in.readNBytes(3)).asString().isEqualTo("som");
      assertThat(told()).isEqualTo(3);
      in.readAllBytes();
    }
    assertThat(told()).isEqualTo(CONTENT.size());
    assertThat(moves).allMatch(bytes -> bytes > 0);
  }

  @Test
  void aByteAtATimeIsToldToo() throws Exception {
    var read = new ByteArrayOutputStream();
    try (var in = blob(Blob.of(CONTENT)).open()) {
      for (int one = in.read(); one >= 0; one = in.read()) {
        read.write(one);
      }
    }
    assertThat(Bytes.of(read.toByteArray())).isEqualTo(CONTENT);
    assertThat(moves).hasSize(CONTENT.size()).containsOnly(1L);
  }

  @Test
  void whatIsSentAgainIsTakenBack() throws Exception {
    var blob = blob(Blob.of(CONTENT));
    try (var in = blob.open()) {
      in.readNBytes(4);
    }
    try (var in = blob.openAfter(Blob.of(Bytes.of("some")))) {
      in.readAllBytes();
    }
    assertThat(moves).containsExactly(4L, -4L, (long) CONTENT.size());
    blob.open().close();
    assertThat(told()).isZero();
    blob.open().close();
    assertThat(moves).hasSize(4);
  }

  @Test
  void whatIsAtHandIsNotFetchedAgain() throws Exception {
    var missing = blob(Blob.of(source, DESCRIPTOR));

    assertThatThrownBy(missing::open).isInstanceOf(NotFoundException.class);
    try (var in = missing.openAfter(Blob.of(CONTENT))) {
      assertThat(in.readAllBytes()).isEqualTo(CONTENT.toArray());
    }
  }

  @Test
  void aFilesBytesThatNobodyHasToSeeAreToldToo(@TempDir Path folder) throws Exception {
    var file = Files.write(folder.resolve("file"), CONTENT.toArray());
    var out = new ByteArrayOutputStream();

    try (var in = ((VerifyingInputStream) blob(Blob.of(file)).open()).unhashed();
        var channel = Channels.newChannel(out)) {
      assertThat(in.transferTo(channel, 4)).isEqualTo(4);
      assertThat(in.transferTo(channel, 1000)).isEqualTo(CONTENT.size() - 4);
      assertThat(in.transferTo(channel, 1000)).isZero();
    }

    assertThat(Bytes.of(out.toByteArray())).isEqualTo(CONTENT);
    assertThat(moves).containsExactly(4L, CONTENT.size() - 4L);
  }

  @Test
  void anInterruptedThreadReadsNoMore(@TempDir Path folder) throws Exception {
    var file = Files.write(folder.resolve("file"), CONTENT.toArray());
    try (var in = ((VerifyingInputStream) blob(Blob.of(file)).open()).unhashed();
        var channel = Channels.newChannel(new ByteArrayOutputStream())) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(InterruptedIOException.class)
          .hasMessage("interrupted");
      assertThatThrownBy(() -> in.transferTo(channel, 4))
          .isInstanceOf(InterruptedIOException.class)
          .hasMessage("interrupted");
    }
    assertThat(moves).isEmpty();
  }

  @Test
  void theSourceIsToBlame() throws Exception {
    var wrong = Bytes.of("x".repeat(CONTENT.size()));
    try (var in = blob(Blob.of(wrong)).open()) {
      assertThat(catchThrowableOfType(InvalidContentException.class, in::readAllBytes))
          .hasMessageStartingWith("source memory: ")
          .satisfies(e -> assertThat(e.side()).contains(CopySide.SOURCE));
    }
    var missing =
        catchThrowableOfType(
            NotFoundException.class, () -> blob(Blob.of(source, DESCRIPTOR)).open());
    assertThat(missing.side()).contains(CopySide.SOURCE);
  }
}
