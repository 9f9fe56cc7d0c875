package io.github.tugoci.tar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tar whose files are read where they are. */
class TarFileTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private TarWriter tar;

  @BeforeEach
  void begin() {
    tar = new TarWriter(out);
  }

  private void file(String name, String text) throws IOException {
    var content = text.getBytes(UTF_8);
    tar.add(TarEntry.file(name, content.length, Instant.EPOCH), content);
  }

  private void link(TarEntry.Type type, String name, String target) throws IOException {
    tar.add(new TarEntry(name, type, 0, 0777, 0, 0, Instant.EPOCH, target), new byte[0]);
  }

  private TarFile open() throws IOException {
    tar.close();
    return TarFile.open(Files.write(folder.resolve("a.tar"), out.toByteArray()), TarLimits.NONE);
  }

  private static String text(TarFile tar, String name) throws IOException {
    try (var in = tar.open(name).orElseThrow()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void filesAreFoundInAnyOrderAndTheLastOfAName() throws Exception {
    file("a", "first");
    file("d/b", "second");
    file("./a", "third");
    var opened = open();
    assertThat(text(opened, "d/b")).isEqualTo("second");
    assertThat(text(opened, "a")).isEqualTo("third");
    assertThat(opened.size("d//b")).hasValue(6);
    assertThat(opened.size("none")).isEmpty();
    assertThat(opened.open("none")).isEmpty();
    assertThat(opened.open("d")).isEmpty();
  }

  @Test
  void linksAreFollowedWithinTheArchive() throws Exception {
    file("d/b", "content");
    link(TarEntry.Type.SYMBOLIC_LINK, "d/beside", "b");
    link(TarEntry.Type.SYMBOLIC_LINK, "e/up", "../d/beside");
    link(TarEntry.Type.HARD_LINK, "hard", "d/b");
    link(TarEntry.Type.SYMBOLIC_LINK, "out", "../../../../d/b");
    link(TarEntry.Type.SYMBOLIC_LINK, "nowhere", "missing");
    link(TarEntry.Type.SYMBOLIC_LINK, "self", "self");
    var opened = open();
    for (var name : new String[] {"d/beside", "e/up", "hard", "out", "x/../hard"}) {
      assertThat(text(opened, name)).as(name).isEqualTo("content");
      assertThat(opened.danglingLink(name)).as(name).isEmpty();
    }
    assertThat(opened.danglingLink("nowhere")).hasValue("missing");
    assertThat(opened.danglingLink("d/b")).isEmpty();
    assertThat(opened.size("self")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"15, true", "16, false"})
  void aChainOfLinksHasAnEnd(int links, boolean found) throws Exception {
    file("link0", "content");
    for (int i = 1; i <= links; i++) {
      link(TarEntry.Type.SYMBOLIC_LINK, "link" + i, "link" + (i - 1));
    }
    assertThat(open().size("link" + links).isPresent()).isEqualTo(found);
  }

  @Test
  void aFileEndsWhereItEnds() throws Exception {
    file("a", "0123456789");
    file("b", "other");
    var opened = open();
    try (var in = opened.open("a").orElseThrow()) {
      assertThat(in.available()).isEqualTo(10);
      assertThat(in.read()).isEqualTo('0');
      assertThat(in.skip(3)).isEqualTo(3);
      assertThat(in.readNBytes(100)).asString(UTF_8).isEqualTo("456789");
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read(new byte[5])).isEqualTo(-1);
      assertThat(in.skip(5)).isZero();
      assertThat(in.available()).isZero();
      assertThat(in.markSupported()).isFalse();
    }
  }

  @Test
  void theFolderOfAFileIsTold() throws Exception {
    file("x/y/oci-layout", "{}");
    var opened = open();
    assertThat(opened.folderWith("oci-layout")).hasValue("x/y");
    assertThat(opened.folderWith("layout")).isEmpty();
  }

  @Test
  void whatIsCompressedOrDamagedOrTooLargeIsRefusedWithItsName() throws Exception {
    file("a", "content");
    tar.close();
    var whole = out.toByteArray();
    var cut = Files.write(folder.resolve("cut.tar"), Arrays.copyOf(whole, 515));
    assertThatThrownBy(() -> TarFile.open(cut, TarLimits.NONE))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith(cut + ": ");
    var gzip = folder.resolve("a.tgz");
    try (var packed = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      packed.write(whole);
    }
    assertThatThrownBy(() -> TarFile.open(gzip, TarLimits.NONE))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith(gzip + " ");
    var file = Files.write(folder.resolve("a.tar"), whole);
    assertThatThrownBy(() -> TarFile.open(file, new TarLimits(6, 100, 10)))
        .hasMessageContaining("over the limit of 6");
  }

  @ParameterizedTest
  @CsvSource({"1, 99", "1, 100", "100, 50", "155, 100", "154, 100", "156, 20", "10, 101"})
  void namesOfEachLengthComeBack(int directory, int name) throws Exception {
    var path = "d".repeat(directory) + "/" + "n".repeat(name);
    file(path, "content");
    assertThat(text(open(), path)).isEqualTo("content");
  }
}
