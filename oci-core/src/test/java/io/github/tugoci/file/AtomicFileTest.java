package io.github.tugoci.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.Download;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  private final Path folder;
  private final Path file;

  AtomicFileTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("file");
  }

  @Test
  void aFileIsWrittenAndReplacedWithoutAnythingElseLeft() throws Exception {
    AtomicFile.write(file, out -> out.write("first".getBytes(UTF_8)));
    AtomicFile.write(file, out -> out.write("2".getBytes(UTF_8)));

    assertThat(file).hasContent("2");
    assertThat(Folders.files(folder)).containsExactly("file");
  }

  @Test
  void whatSeveralKilledWritersLeftIsDeletedByTheNextOne() throws Exception {
    var key = PartFile.key(file);
    Files.writeString(folder.resolve(PartFile.name(key)), "fi");
    Files.writeString(folder.resolve(PartFile.name(key + "-" + UUID.randomUUID())), "f");
    Files.writeString(folder.resolve(PartFile.name(PartFile.key(folder.resolve("b")))), "other");

    AtomicFile.write(file, out -> out.write("first".getBytes(UTF_8)));

    assertThat(Folders.files(folder))
        .containsExactlyInAnyOrder("file", PartFile.name(PartFile.key(folder.resolve("b"))));
  }

  @Test
  void aWriterThatFailsLeavesTheOldFile() throws Exception {
    Files.writeString(file, "old");

    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write("new".getBytes(UTF_8));
                      throw new IOException("the disk is full");
                    }))
        .hasMessage("the disk is full");

    assertThat(file).hasContent("old");
    assertThat(Folders.files(folder)).containsExactly("file");
  }

  @Test
  void whileItIsWrittenTheOldFileIsThere() throws Exception {
    Files.writeString(file, "old");

    AtomicFile.write(
        file,
        out -> {
          out.write("new".getBytes(UTF_8));
          assertThat(file).hasContent("old");
        });

    assertThat(file).hasContent("new");
  }

  @Test
  void aDownloadOfWrongContentLeavesNoFile() {
    var descriptor = Descriptor.of(MediaType.OCI_LAYER, Bytes.of("right"));

    assertThatThrownBy(() -> Download.toFile(file, descriptor, Blob.of(Bytes.of("wrong"))))
        .isInstanceOf(InvalidContentException.class);

    assertThat(Folders.files(folder)).isEmpty();
  }

  @Test
  void aFolderThatIsNotThereIsNotMade() {
    assertThatThrownBy(() -> AtomicFile.write(folder.resolve("no/file"), out -> {}))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(folder.resolve("no")).doesNotExist();
  }
}
