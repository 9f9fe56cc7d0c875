package io.github.tugoci.tar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TarWriterTest {
  private static final Instant THEN = Instant.ofEpochSecond(1_000_000_000);

  @Test
  void endsWithTwoEmptyBlocksAndNoMore() throws IOException {
    assertThat(archive(TarEntry.file("a", 0, THEN))).hasSize(512 + 1024);
    assertThat(archive(TarEntry.file("a", 1, THEN), 'x')).hasSize(512 + 512 + 1024);
    assertThat(archive(TarEntry.directory("d", THEN)))
        .hasSize(512 + 1024)
        .endsWith(new byte[1024])
        .startsWith('d', '/', 0);
  }

  @Test
  void writesUstarWithoutNamesOfOwners() throws IOException {
    var archive = archive(TarEntry.file("a", 0, THEN));

    assertThat(text(archive, 100, 24)).isEqualTo("0000644\0" + "0000000\0".repeat(2));
    assertThat(text(archive, 136, 12)).isEqualTo("07346545000\0");
    assertThat(text(archive, 257, 8)).isEqualTo("ustar\00000");
    assertThat(text(archive, 265, 64)).isEqualTo("\0".repeat(64));
  }

  @Test
  void splitsALongPathWhereUstarCan() throws IOException {
    var name = "d".repeat(90) + "/" + "f".repeat(60);
    var archive = archive(TarEntry.file(name, 0, THEN));

    assertThat(archive).hasSize(512 + 1024);
    assertThat(text(archive, 0, 61)).isEqualTo("f".repeat(60) + "\0");
    assertThat(text(archive, 345, 91)).isEqualTo("d".repeat(90) + "\0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"größe.txt", "日本/語", "LONG", "DEEP"})
  void writesWhatUstarCannotSayAsPax(String name) throws IOException {
    var full = name.replace("LONG", "n".repeat(101)).replace("DEEP", "d/".repeat(200) + "f");
    var archive = archive(TarEntry.file(full, 0, THEN));

    assertThat((char) archive[156]).isEqualTo('x');
    assertThat(reread(archive).name()).isEqualTo(full);
  }

  @Test
  void keepsWhatAnEntrySays() throws IOException {
    var entry = TarEntry.file("bin/run", 0, THEN).withMode(0755).withOwner(1000, 3_000_000_000L);

    assertThat(reread(archive(entry))).isEqualTo(entry);
    var link =
        new TarEntry(
            "current", TarEntry.Type.SYMBOLIC_LINK, 0, 0777, 0, 0, THEN, "t/".repeat(80) + "end");
    assertThat(reread(archive(link))).isEqualTo(link);
  }

  @Test
  void refusesAFileThatShrank() {
    assertThatThrownBy(() -> archive(TarEntry.file("log", 2, THEN), 'x'))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("log");
  }

  @Test
  void compressesWithoutTraceOfTimeAndMachine() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = Gzip.compress(packed)) {
      out.write(new byte[100_000]);
    }

    assertThat(packed.toByteArray())
        .startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff)
        .hasSizeLessThan(1000);
    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed.toByteArray()))) {
      assertThat(in.readAllBytes()).isEqualTo(new byte[100_000]);
    }
  }

  private static byte[] archive(TarEntry entry, int... content) throws IOException {
    var bytes = new byte[content.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) content[i];
    }
    var out = new ByteArrayOutputStream();
    try (var tar = new TarWriter(out)) {
      tar.add(entry, bytes);
    }
    return out.toByteArray();
  }

  private static TarEntry reread(byte[] archive) throws IOException {
    try (var tar = TarReader.open(new ByteArrayInputStream(archive), TarLimits.NONE)) {
      return tar.next().orElseThrow();
    }
  }

  private static String text(byte[] archive, int from, int length) {
    return new String(archive, from, length, UTF_8);
  }
}
