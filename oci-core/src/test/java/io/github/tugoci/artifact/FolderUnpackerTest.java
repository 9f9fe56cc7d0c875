package io.github.tugoci.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.tar.TarEntry;
import io.github.tugoci.tar.TarLimits;
import io.github.tugoci.tar.TarWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of folders that others made, with the worst in mind. */
class FolderUnpackerTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarWriter tar = new TarWriter(bytes);
  private final Path temp;
  private final Path out;
  private TarLimits limits = FolderLimits.defaults().tar();

  FolderUnpackerTest(@TempDir Path temp) {
    this.temp = temp;
    this.out = temp.resolve("out");
  }

  private void add(TarEntry.Type type, String name, String text) throws IOException {
    boolean file = type == TarEntry.Type.FILE;
    var content = (file ? text : "").getBytes(UTF_8);
    tar.add(
        new TarEntry(name, type, content.length, 07777, 0, 0, Instant.EPOCH, file ? "" : text),
        content);
  }

  private void file(String name, String content) throws IOException {
    add(TarEntry.Type.FILE, name, content);
  }

  private void link(String name, String target) throws IOException {
    add(TarEntry.Type.SYMBOLIC_LINK, name, target);
  }

  private void unpack() throws IOException {
    tar.close();
    unpack(Digest.of(bytes.toByteArray()));
  }

  private void unpack(Digest content) throws IOException {
    var archive = temp.resolve("archive");
    try (var gzip = new GZIPOutputStream(Files.newOutputStream(archive))) {
      bytes.writeTo(gzip);
    }
    FolderUnpacker.unpack(archive, "dir", content, out, limits, new FileModes(true, 022));
  }

  private void assertRefused() {
    assertThatThrownBy(this::unpack)
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("dir");
    assertThat(temp.resolve("escaped")).doesNotExist();
  }

  @Test
  void filesLinksAndFoldersAreThereWithTheRightsThatAreFit() throws Exception {
    file("dir/a", "a");
    add(TarEntry.Type.DIRECTORY, "dir/sub", "");
    add(TarEntry.Type.DIRECTORY, "dir/", "");
    link("dir/sub/up", "../a");
    add(TarEntry.Type.HARD_LINK, "dir/sub/same", "dir/a");
    unpack();

    assertThat(Folders.files(out)).containsExactly("a", "sub/same", "sub/up");
    assertThat(out.resolve("sub/up")).hasContent("a");
    assertThat(out.resolve("sub/same")).hasContent("a");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve("a"))))
        .isEqualTo("rwxr-xr-x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/escaped",
        "../escaped",
        "dir/../../escaped",
        "dir\\..\\..\\escaped",
        "C:/escaped",
        "other/a",
        "directory",
        "dir"
      })
  void aPathOutsideOfTheFolderIsRefused(String name) throws Exception {
    file(name, "x");
    assertRefused();
  }

  @ParameterizedTest
  @CsvSource({
    "dir/l, /escaped",
    "dir/l, ..",
    "dir/l, ../escaped",
    "dir/sub/l, ../../escaped",
    "dir/l, sub/../../escaped",
    "dir/l, C:\\escaped",
    "dir/l, a\\b",
    "dir/l, ''",
  })
  void aLinkThatCanLeadOutIsRefused(String name, String target) throws Exception {
    link(name, target);
    assertRefused();
  }

  @Test
  void aLinkThatCountsFromWhereAnotherLeadsIsRefused() throws Exception {
    link("dir/here", ".");
    link("dir/l", "here/..");
    assertRefused();
  }

  @Test
  void nothingIsWrittenThroughALink() throws Exception {
    add(TarEntry.Type.DIRECTORY, "dir/sub", "");
    link("dir/l", "sub");
    file("dir/l/a", "x");
    assertRefused();
    assertThat(out.resolve("sub")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "dir/none", "dir/l", "dir/l/a", "dir/sub", "other/a"})
  void aHardLinkToWhatIsNoFileOfTheFolderIsRefused(String target) throws Exception {
    file("dir/sub/a", "a");
    link("dir/l", "sub");
    add(TarEntry.Type.HARD_LINK, "dir/h", target);
    assertRefused();
  }

  @ParameterizedTest
  @CsvSource({"dir/a, dir/a", "dir/a, dir/a/b", "dir/a/b, dir/a", "dir/a, dir/./a"})
  void twoFilesInOnePlaceAreRefused(String first, String second) throws Exception {
    file(first, "x");
    file(second, "y");
    assertRefused();
  }

  @Test
  void aFileInsteadOfTheFolderIsRefusedAndSoIsTooMuch() throws Exception {
    limits = new TarLimits(10, 15, 10);
    file("dir/a", "0123456789");
    file("dir/b", "0123456789");
    assertRefused();
  }

  @Test
  void anotherContentThanWasAnnouncedIsRefused() throws Exception {
    file("dir/a", "x");
    tar.close();
    assertThatThrownBy(() -> unpack(Digest.of("another".getBytes(UTF_8))))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("should unpack into");
  }

  @Test
  void whatFollowsTheEndIsBounded() throws Exception {
    file("dir/a", "x");
    tar.close();
    bytes.write(new byte[2 << 20]);
    assertThatThrownBy(() -> unpack(Digest.of(bytes.toByteArray())))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("more follows");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 60})
  void anArchiveThatIsCutOffIsRefused(int length) throws Exception {
    file("dir/a", "x".repeat(5000));
    tar.close();
    var archive = temp.resolve("archive");
    try (var gzip = new GZIPOutputStream(Files.newOutputStream(archive))) {
      bytes.writeTo(gzip);
    }
    Files.write(archive, Arrays.copyOf(Files.readAllBytes(archive), length));
    assertThatThrownBy(
            () ->
                FolderUnpacker.unpack(
                    archive, "dir", Digest.of(new byte[0]), out, limits, new FileModes(true, 022)))
        .isInstanceOf(InvalidContentException.class);
  }
}
