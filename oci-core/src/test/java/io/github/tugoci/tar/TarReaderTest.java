package io.github.tugoci.tar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.OciException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TarReaderTest {
  private static final Instant THEN = Instant.ofEpochSecond(1_000_000_000);

  @Test
  void givesEntriesAndTheirContentInOrder() throws IOException {
    var archive = archive(file("a/one", "first"), file("a/two", ""), file("b", "x".repeat(2000)));

    assertThat(readAll(archive, TarLimits.NONE))
        .containsExactly("a/one=first", "a/two=", "b=" + "x".repeat(2000));
  }

  @Test
  void aStreamThatHashesSeesWhatNobodyRead() throws Exception {
    var bytes = archive(file("large", "x".repeat(100_000)));
    var hash = MessageDigest.getInstance("SHA-256");
    try (var in = new DigestInputStream(new ByteArrayInputStream(bytes), hash);
        var tar = TarReader.open(in, TarLimits.NONE)) {
      assertThat(tar.next()).isPresent();
      assertThat(tar.next()).isEmpty();
      in.readAllBytes();
    }
    assertThat(hash.digest()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void skipsContentThatNobodyRead() throws IOException {
    var archive = archive(file("large", "x".repeat(3_000_000)), file("small", "here"));
    try (var tar = TarReader.open(new ByteArrayInputStream(archive), TarLimits.NONE)) {
      assertThat(tar.next()).isPresent();
      assertThat(tar.content().read()).isEqualTo('x');

      assertThat(tar.next().orElseThrow().name()).isEqualTo("small");
      assertThat(tar.content().readAllBytes()).asString(UTF_8).isEqualTo("here");
      assertThat(tar.next()).isEmpty();
    }
  }

  @Test
  void tellsLinksDirectoriesAndDevicesFromFiles() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(out)) {
      for (byte flag :
          new byte[] {
            TarConstants.LF_DIR,
            TarConstants.LF_SYMLINK,
            TarConstants.LF_LINK,
            TarConstants.LF_CHR,
            TarConstants.LF_BLK,
            TarConstants.LF_FIFO
          }) {
        var entry = new TarArchiveEntry("name", flag);
        entry.setLinkName("/etc/passwd");
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
      }
    }
    var types = new ArrayList<TarEntry.Type>();
    try (var tar = TarReader.open(new ByteArrayInputStream(out.toByteArray()), TarLimits.NONE)) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        types.add(entry.get().type());
      }
    }

    assertThat(types)
        .containsExactly(
            TarEntry.Type.DIRECTORY,
            TarEntry.Type.SYMBOLIC_LINK,
            TarEntry.Type.HARD_LINK,
            TarEntry.Type.OTHER,
            TarEntry.Type.OTHER,
            TarEntry.Type.OTHER);
  }

  /** "café" in Latin-1, once so short that it fits the header. */
  @ParameterizedTest
  @ValueSource(ints = {1, 40})
  void aNameKeepsItsBytes(int times) throws IOException {
    var name = "café".repeat(times);
    var out = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(out, "ISO-8859-1")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
      entry.setLinkName(name);
      tar.putArchiveEntry(entry);
      tar.closeArchiveEntry();
    }

    var entry = entries(out.toByteArray()).get(0);

    assertThat(entry.name()).isEqualTo("caf\udce9".repeat(times)).isEqualTo(entry.linkName());
    assertThat(entry.type()).isEqualTo(TarEntry.Type.SYMBOLIC_LINK);
  }

  @Test
  void aNameComesBackAsItWasWritten() throws IOException {
    var names = List.of("caf\udce9", "grüße", "grü\udcff/x", "\ufffd", "x".repeat(200) + "é");

    assertThat(entries(archive(names.stream().map(name -> file(name, "")).toArray(File[]::new))))
        .extracting(TarEntry::name)
        .isEqualTo(names);
  }

  @Test
  void paxRecordsOverrideTheHeader() throws IOException {
    var records =
        """
        11 path=ü
        10 uid=77
        19 mtime=-1.250000
        9 size=3
        12 comment=
        """;

    var entries = entries(pax(records, "abc"));

    assertThat(entries)
        .containsExactly(
            new TarEntry("ü", TarEntry.Type.FILE, 3, 0644, 77, 0, Instant.ofEpochMilli(-1250), ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path=x\n",
        "99 path=x\n",
        "5 path=x\n",
        "9 path=x ",
        "7 =xx\n",
        "9 size=x\n",
        "11 size=-1\n",
        "11 mtime=x\n",
        "1 ",
        "999999999999 path=x\n"
      })
  void refusesADamagedPaxHeader(String records) throws IOException {
    assertRefused(pax(records, ""), TarLimits.NONE, "archive is damaged");
  }

  @Test
  void refusesASparseFile() throws IOException {
    assertRefused(pax("22 GNU.sparse.major=1\n", ""), TarLimits.NONE, "sparse file");
  }

  /** A PAX header with these records before a file named x, whose own header has no size. */
  private static byte[] pax(String records, String content) throws IOException {
    var bytes = records.getBytes(UTF_8);
    var out = new ByteArrayOutputStream();
    out.write(TarHeader.ofPax("x", bytes.length));
    int blocks = Math.max(1, (bytes.length + TarHeader.BLOCK - 1) / TarHeader.BLOCK);
    out.write(Arrays.copyOf(bytes, blocks * TarHeader.BLOCK));
    out.write(TarHeader.of(TarEntry.file("x", 0, THEN), false));
    out.write(Arrays.copyOf(content.getBytes(UTF_8), TarHeader.BLOCK));
    return out.toByteArray();
  }

  private static List<TarEntry> entries(byte[] archive) throws IOException {
    var entries = new ArrayList<TarEntry>();
    try (var tar = TarReader.open(new ByteArrayInputStream(archive), TarLimits.NONE)) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        entries.add(entry.get());
      }
    }
    return entries;
  }

  @Test
  void refusesWhatIsNotGzip() {
    assertThatThrownBy(
            () ->
                TarReader.openGzip(
                    new ByteArrayInputStream("PK..".getBytes(UTF_8)), TarLimits.NONE))
        .isInstanceOf(InvalidContentException.class);
  }

  @Test
  void refusesAFileOverItsLimitBeforeReadingIt() throws IOException {
    var archive = archive(file("big", "x".repeat(11)));

    assertRefused(archive, new TarLimits(10, 100, 9), "big in the archive has 11 bytes");
  }

  @Test
  void refusesFilesThatTogetherPassTheLimit() throws IOException {
    var archive = archive(file("a", "x".repeat(10)), file("b", "x".repeat(10)));

    assertThat(readAll(archive, new TarLimits(10, 20, 9))).hasSize(2);
    assertRefused(archive, new TarLimits(10, 19, 9), "more than 19 bytes");
  }

  @Test
  void refusesTooManyEntries() throws IOException {
    var archive = archive(file("a", ""), file("b", ""), file("c", ""));

    assertRefused(archive, new TarLimits(10, 10, 2), "more than 2 entries");
  }

  @Test
  void refusesAFloodOfHeaders() throws IOException {
    var archive = archive(file("n".repeat(3 << 20), ""));

    assertRefused(archive, TarLimits.NONE, "bytes of headers");
  }

  /** The PAX header's block, its records and the file's block. */
  @Test
  void readsAMebibyteOfHeadersAndRefusesABlockMore() throws IOException {
    int records = (1 << 20) - 2 * TarHeader.BLOCK;
    var record = records + " comment=";

    assertThat(entries(pax(record + "x".repeat(records - record.length() - 1) + "\n", "")))
        .hasSize(1);
    var longer = (records + 1) + " comment=";
    assertRefused(
        pax(longer + "x".repeat(records - longer.length()) + "\n", ""),
        TarLimits.NONE,
        "bytes of headers");
  }

  @Test
  void refusesAnArchiveThatEndsInAFile() throws IOException {
    var archive = archive(file("a", "x".repeat(5000)));

    assertRefused(Arrays.copyOf(archive, 3000), TarLimits.NONE, "archive");
  }

  @Test
  void refusesADamagedHeader() throws IOException {
    var archive = archive(file("a", "x"));
    archive[150] ^= 1;

    assertRefused(archive, TarLimits.NONE, "archive is damaged");
  }

  @Test
  void refusesBytesThatAreNoTar() {
    assertRefused("no tar at all ".repeat(100).getBytes(UTF_8), TarLimits.NONE, "archive");
  }

  @Test
  void refusesAGzipThatBreaksOff() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = Gzip.compress(packed)) {
      out.write(archive(file("a", "x".repeat(100_000))));
    }
    var half = Arrays.copyOf(packed.toByteArray(), packed.size() / 2);

    assertThatThrownBy(
            () -> {
              try (var tar = TarReader.openGzip(new ByteArrayInputStream(half), TarLimits.NONE)) {
                tar.next();
                tar.content().readAllBytes();
              }
            })
        .isInstanceOf(InvalidContentException.class);
  }

  @Test
  void letsTheStreamsOwnFailureThrough() throws IOException {
    var broken = new IOException("the disk is gone");
    var in =
        new SequenceInputStream(
            new ByteArrayInputStream(archive(file("a", "x".repeat(5000))), 0, 3000),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw broken;
              }

              @Override
              public int read(byte[] buffer, int offset, int length) throws IOException {
                throw broken;
              }
            });

    assertThatThrownBy(
            () -> {
              try (var tar = TarReader.open(in, TarLimits.NONE)) {
                tar.next();
                tar.content().readAllBytes();
              }
            })
        .isSameAs(broken)
        .isNotInstanceOf(OciException.class);
  }

  private static void assertRefused(byte[] archive, TarLimits limits, String fault) {
    assertThatThrownBy(() -> readAll(archive, limits))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining(fault);
  }

  private record File(String name, String content) {}

  private static File file(String name, String content) {
    return new File(name, content);
  }

  private static byte[] archive(File... files) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var tar = new TarWriter(out)) {
      for (var file : files) {
        var content = file.content().getBytes(UTF_8);
        tar.add(TarEntry.file(file.name(), content.length, THEN), content);
      }
    }
    return out.toByteArray();
  }

  private static List<String> readAll(byte[] archive, TarLimits limits) throws IOException {
    var files = new ArrayList<String>();
    try (var tar = TarReader.open(new ByteArrayInputStream(archive), limits)) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        files.add(entry.get().name() + "=" + new String(tar.content().readAllBytes(), UTF_8));
      }
    }
    return files;
  }
}
