package io.github.tugoci.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.file.AtomicFile;
import io.github.tugoci.file.ScratchDirectory;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Temporary files that dead processes left are used or removed, and nobody is led astray by them.
 */
class LeftoversTest {
  private static final Bytes CONTENT = Bytes.of("0123456789");
  private static final Descriptor DESCRIPTOR = Descriptor.of(MediaType.OCI_LAYER, CONTENT);
  private static final String KEY = "sha256-" + DESCRIPTOR.digest().hex();

  @TempDir private Path folder;
  private final List<Long> offsets = new ArrayList<>();

  @Test
  void aBeginningIsNotFetchedAgain() throws Exception {
    leave("0123");
    download();
    assertThat(offsets).containsExactly(4L);
  }

  @Test
  void nothingIsFetchedIfAllIsThere() throws Exception {
    leave("0123456789");
    download();
    assertThat(offsets).containsExactly(10L);
  }

  @Test
  void aBeginningOfOtherContentIsFetchedAgain() throws Exception {
    leave("abcd");
    download();
    assertThat(offsets).containsExactly(4L, 0L);
  }

  @Test
  void moreThanThereShouldBeIsCut() throws Exception {
    leave("0123456789 and more");
    download();
    assertThat(offsets).containsExactly(10L);
  }

  @Test
  void whatAnotherThreadIsWritingIsLeftAlone() throws Exception {
    Download.toFile(file(), DESCRIPTOR, new Body(() -> download()));
    assertThat(offsets).containsExactly(0L, 0L);
    assertThat(Folders.files(folder)).containsExactly("file");
  }

  @Test
  void aLinkUnderTheNameIsNotWrittenThrough() throws Exception {
    var elsewhere = Files.writeString(folder.resolve("elsewhere"), "0123");
    Files.createSymbolicLink(part(), elsewhere);

    Download.toFile(file(), DESCRIPTOR, new Body(() -> {}));

    assertThat(elsewhere).hasContent("0123");
    assertThat(file()).hasBinaryContent(CONTENT.toArray());
    assertThat(Files.isSymbolicLink(file())).isFalse();
  }

  @Test
  void aSecondNameOfAnotherFileIsNotWrittenThrough() throws Exception {
    var elsewhere = Files.writeString(folder.resolve("elsewhere"), "0123");
    Files.createLink(part(), elsewhere);

    Download.toFile(file(), DESCRIPTOR, new Body(() -> {}));

    assertThat(elsewhere).hasContent("0123");
    assertThat(file()).hasBinaryContent(CONTENT.toArray());
  }

  @Test
  void aFailureLeavesNothing() throws Exception {
    leave("0123");
    var wrong = Descriptor.of(MediaType.OCI_LAYER, DESCRIPTOR.digest(), 11);

    assertThatThrownBy(() -> Download.toFile(file(), wrong, new Body(() -> {})))
        .isInstanceOf(InvalidContentException.class);
    assertThatThrownBy(
            () -> Download.toFile(file(), DESCRIPTOR, new Body(LeftoversTest::breakDown)))
        .hasMessage("broken");

    assertThat(Folders.files(folder)).isEmpty();
  }

  private static void breakDown() throws IOException {
    throw new IOException("broken");
  }

  @Test
  void whatNobodyHadAUseForIsRemovedAfterADay() throws Exception {
    leave("0123");
    var young = Files.writeString(folder.resolve(".tug-young.part"), "x");
    Files.setLastModifiedTime(part(), FileTime.from(Instant.now().minus(Duration.ofDays(2))));

    AtomicFile.removeLeftovers(folder);

    assertThat(Folders.files(folder)).containsExactly(young.getFileName().toString());
  }

  @Test
  void aDeviceIsNotReplaced() {
    assertThatThrownBy(() -> AtomicFile.write(Path.of("/dev/null"), out -> out.write('x')))
        .isInstanceOf(FileSystemException.class)
        .hasMessage("/dev/null: not a regular file, not replaced");
  }

  @Test
  void theNextScratchDirectoryTakesOver() throws Exception {
    var dead = Files.createDirectory(folder.resolve(".tug-123"));
    Files.createFile(dead.resolve(".lock"));
    Files.writeString(dead.resolve("fetched-" + KEY), "0123");
    Files.createDirectory(dead.resolve("taken"));
    Files.writeString(dead.resolve("taken/mine.tgz"), "mine");
    Files.writeString(dead.resolve("taken/other.tgz"), "old");
    Files.writeString(folder.resolve("other.tgz"), "new");
    Files.createSymbolicLink(dead.resolve("link"), Files.createDirectory(folder.resolve("kept")));

    try (var running = ScratchDirectory.in(folder);
        var scratch = ScratchDirectory.in(folder)) {
      assertThat(running.path()).exists();
      assertThat(dead).doesNotExist();
      assertThat(folder.resolve("mine.tgz")).hasContent("mine");
      assertThat(folder.resolve("other.tgz")).hasContent("new");
      Download.toFile(
          running.fetched(DESCRIPTOR.digest().toString()), DESCRIPTOR, new Body(() -> {}));
      assertThat(offsets).containsExactly(4L);
      assertThat(scratch.path()).exists();
    }
    assertThat(Folders.files(folder)).containsExactly("mine.tgz", "other.tgz");
    assertThat(folder.resolve("kept")).exists();
  }

  private Path file() {
    return folder.resolve("file");
  }

  private Path part() {
    return folder.resolve(".tug-" + KEY + ".part");
  }

  private void leave(String text) throws IOException {
    Files.writeString(part(), text);
  }

  private void download() throws IOException {
    Download.toFile(file(), DESCRIPTOR, new Body(() -> {}));
    assertThat(file()).hasBinaryContent(CONTENT.toArray());
  }

  private interface Step {
    void run() throws IOException;
  }

  /** Writes down from where it is read; does something in the middle. */
  private final class Body implements Blob {
    private final Step middle;

    Body(Step middle) {
      this.middle = middle;
    }

    @Override
    public long size() {
      return CONTENT.size();
    }

    @Override
    public InputStream open() throws IOException {
      return from(0);
    }

    @Override
    public InputStream openAfter(Blob beginning) throws IOException {
      return new SequenceInputStream(beginning.open(), from(beginning.size()));
    }

    private InputStream from(long offset) throws IOException {
      offsets.add(offset);
      middle.run();
      var in = CONTENT.open();
      in.skipNBytes(offset);
      return in;
    }
  }
}
