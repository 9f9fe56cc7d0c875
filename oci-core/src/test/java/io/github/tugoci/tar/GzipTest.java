package io.github.tugoci.tar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.fixture.Program;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gzip in blocks, by its bytes: what one thread makes, all make, and everybody unpacks. */
class GzipTest {
  private static final int BLOCK = GzipBlocks.BLOCK;

  /** Text that compresses, with random bytes in between that don't. */
  private static byte[] content(int size) {
    var random = new Random(size);
    var content = new byte[size];
    for (int i = 0; i < size; i++) {
      content[i] =
          (byte) (i % 7919 < 4000 ? "the quick brown fox ".charAt(i % 20) : random.nextInt());
    }
    return content;
  }

  private static byte[] packed(byte[] content, int threads, int step) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = Gzip.compress(packed, threads)) {
      for (int i = 0; i < content.length; i += step) {
        out.write(content, i, Math.min(step, content.length - i));
      }
    }
    return packed.toByteArray();
  }

  private static byte[] unpacked(byte[] packed) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 5 * BLOCK + 12_345})
  void theBytesAreTheSameForAnyNumberOfThreads(int size) throws Exception {
    var content = content(size);

    var one = packed(content, 1, 65_536);

    assertThat(unpacked(one)).isEqualTo(content);
    assertThat(packed(content, 2, 8_191)).isEqualTo(one);
    assertThat(packed(content, 8, Math.max(1, size))).isEqualTo(one);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10_000, BLOCK})
  void whatFitsIntoABlockHasTheBytesThatJavaGivesIt(int size) throws Exception {
    var content = content(size);
    var plain = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(plain)) {
      out.write(content);
    }

    assertThat(packed(content, 4, 1 << 16)).isEqualTo(plain.toByteArray());
  }

  @Test
  void whatFitsIntoABlockStartsNoThread() throws Exception {
    var before = Thread.getAllStackTraces().keySet();
    packed(content(BLOCK), 4, 1 << 16);

    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.contains(thread))
        .noneMatch(thread -> thread.getName().equals("tug-gzip"));
  }

  @Test
  void boundariesCostNextToNothing() throws Exception {
    var text = "values: {replicas: 3, image: web, tag: \"1.0\"}\n".repeat(200_000).getBytes(UTF_8);
    var plain = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(plain)) {
      out.write(text);
    }

    assertThat(packed(text, 2, 1 << 16).length).isLessThan(plain.size() * 21 / 20);
  }

  @Test
  void bytesThatDoNotCompressAreStored() throws Exception {
    var content = new byte[3 * BLOCK];
    new Random(1).nextBytes(content);

    var packed = packed(content, 2, 1 << 16);

    assertThat(packed.length).isLessThan(content.length + content.length / 1000);
    assertThat(unpacked(packed)).isEqualTo(content);
  }

  @Test
  void gunzipReadsIt(@TempDir Path temp) throws Exception {
    var file = Files.write(temp.resolve("content.gz"), packed(content(4 * BLOCK + 7), 2, 1 << 16));

    Program.of("gzip", "-d", file.toString()).run().expectSuccess();

    assertThat(Files.readAllBytes(temp.resolve("content"))).isEqualTo(content(4 * BLOCK + 7));
  }

  @Test
  void aStreamThatFailsFailsTheWriterAndIsClosed() {
    var failing =
        new OutputStream() {
          private boolean closed;

          @Override
          public void write(int b) throws IOException {
            throw new IOException("the disk is full");
          }

          @Override
          public void close() {
            closed = true;
          }
        };

    assertThatThrownBy(
            () -> {
              try (var out = Gzip.compress(failing, 2)) {
                out.write(content(8 * BLOCK));
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is full");
    assertThat(failing.closed).isTrue();
  }

  @Test
  void anInterruptStopsIt() {
    assertThatThrownBy(
            () -> {
              try (var out = Gzip.compress(OutputStream.nullOutputStream(), 1)) {
                Thread.currentThread().interrupt();
                out.write(content(8 * BLOCK));
              }
            })
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
