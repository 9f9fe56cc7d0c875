package io.github.tugoci.tar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TarBlockTest {
  @Test
  void aHeaderSaysWhatItsWriterMeant() throws Exception {
    var entry = new TarArchiveEntry("dir/file");
    entry.setSize(0);
    entry.setMode(0640);
    entry.setIds(1000, 100);
    entry.setModTime(new Date(1_700_000_000_000L));

    var block = new TarBlock(header(entry));

    assertThat(block.name()).isEqualTo("dir/file");
    assertThat(block.type()).isEqualTo('0');
    assertThat(block.mode() & 07777).isEqualTo(0640);
    assertThat(block.uid()).isEqualTo(1000);
    assertThat(block.gid()).isEqualTo(100);
    assertThat(block.size()).isZero();
    assertThat(block.modified()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
  }

  @ParameterizedTest
  @ValueSource(longs = {2_097_152, 4_294_967_296L, 72_057_594_037_927_935L})
  void idsBeyondOctalDigitsAreReadInBase256(long id) throws Exception {
    var entry = new TarArchiveEntry("file");
    entry.setIds(0, 0);
    entry.setUserId(id);

    assertThat(new TarBlock(header(entry)).uid()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, -1_000_000_000_000L, 8_589_934_592L})
  void timesBeyondOctalDigitsAreReadInBase256(long seconds) throws Exception {
    var entry = new TarArchiveEntry("file");
    entry.setModTime(new Date(seconds * 1000));

    assertThat(new TarBlock(header(entry)).modified()).isEqualTo(Instant.ofEpochSecond(seconds));
  }

  @Test
  void onlyUstarHasAPrefix() throws Exception {
    var ustar = with(header(new TarArchiveEntry("file")), 345, "some/where");
    assertThat(new TarBlock(ustar).name()).isEqualTo("some/where/file");

    assertThat(new TarBlock(with(ustar, 257, "ustar  \0")).name()).isEqualTo("file");
    assertThat(new TarBlock(with(ustar, 257, "\0".repeat(8))).name()).isEqualTo("file");
  }

  @Test
  void aNameFillsItsWholeField() throws Exception {
    var name = "n".repeat(100);
    assertThat(new TarBlock(with(header(new TarArchiveEntry("file")), 0, name)).name())
        .isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "'  644 ', 420",
    "'644\0xyz', 420",
    "'\0\0\0', 0",
    "'        ', 0",
    "'0000644 ', 420"
  })
  void octalDigitsStandAmongSpacesAndEndAtAZero(String field, int mode) throws Exception {
    var block = with(header(new TarArchiveEntry("file")), 100, "\0".repeat(8));

    assertThat(new TarBlock(with(block, 100, field)).mode()).isEqualTo(mode);
  }

  @Test
  void theSumOfSignedBytesWillDoToo() throws Exception {
    var block = with(header(new TarArchiveEntry("file")), 0, "\u00e9");
    int unsigned = Integer.parseInt(new String(block, 148, 6, ISO_8859_1), 8);
    var signed = block.clone();
    put(signed, 148, "%06o\0 ".formatted(unsigned - 256));

    assertThat(new TarBlock(signed).name()).isEqualTo(new TarBlock(block).name());
  }

  @Test
  void aWrongSumIsDamage() throws Exception {
    var block = header(new TarArchiveEntry("file"));
    block[0] ^= 1;

    assertThatThrownBy(() -> new TarBlock(block))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("a header's sum is wrong");
  }

  @ParameterizedTest
  @ValueSource(strings = {"8", "12 4", "-1", "0x1"})
  void aNumberThatIsNotOctalIsDamage(String field) throws Exception {
    var block = new TarBlock(with(header(new TarArchiveEntry("file")), 124, field + "\0"));

    assertThatThrownBy(block::size)
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("isn't octal");
  }

  @Test
  void aNegativeOrBoundlessSizeIsDamage() throws Exception {
    var block = header(new TarArchiveEntry("file"));
    var negative = new TarBlock(with(block, 124, "\u00ff".repeat(12)));
    var boundless = new TarBlock(with(block, 124, "\u0080" + "\u00ff".repeat(11)));

    assertThatThrownBy(negative::size).hasMessageContaining("negative size");
    assertThatThrownBy(boundless::size).hasMessageContaining("too large");
  }

  @Test
  void aTimeThatNoCalendarHasIsDamage() throws Exception {
    var block = header(new TarArchiveEntry("file"));
    var late = new TarBlock(with(block, 136, "\u0080\0\0\0\0" + "\u00ff".repeat(7)));

    assertThatThrownBy(late::modified).hasMessageContaining("mtime is no time");
  }

  /** As another hand writes it, with GNU's large numbers. */
  private static byte[] header(TarArchiveEntry entry) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes)) {
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
      tar.putArchiveEntry(entry);
      tar.closeArchiveEntry();
    }
    return Arrays.copyOf(bytes.toByteArray(), 512);
  }

  /** With another text in it, and the sum that fits it. */
  private static byte[] with(byte[] header, int at, String text) {
    var block = header.clone();
    put(block, at, text);
    put(block, 148, " ".repeat(8));
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    put(block, 148, "%06o\0 ".formatted(sum));
    return block;
  }

  private static void put(byte[] block, int at, String text) {
    System.arraycopy(text.getBytes(ISO_8859_1), 0, block, at, text.length());
  }
}
