package io.github.tugoci.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.fixture.Folders;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links that somebody else puts into a pull's folder after it was looked at. */
class PlantedLinkTest {
  @TempDir private Path temp;
  private Path folder;
  private Path scratch;
  private Path elsewhere;
  private Placement placement;

  @BeforeEach
  void stage() throws IOException {
    folder = Files.createDirectory(temp.resolve("folder"));
    scratch = Files.createDirectory(folder.resolve(".tug-1"));
    elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    var staged = Files.createDirectories(scratch.resolve("staged/sub/deep"));
    Files.writeString(staged.resolve("file"), "ours");
    Files.writeString(scratch.resolve("staged/top"), "ours");
    placement = new Placement(folder, true);
    placement.add("site", scratch.resolve("staged"), Map.of(scratch.resolve("staged"), 0755));
    placement.check();
  }

  @Test
  void theFolderOfTheArtifactIsNotALink() throws Exception {
    plant("site");
    assertRefused();
  }

  @Test
  void aFolderInItIsNotALink() throws Exception {
    Files.createDirectory(folder.resolve("site"));
    plant("site/sub");
    assertRefused();
  }

  @Test
  void aFolderDeepInItIsNotALink() throws Exception {
    Files.createDirectories(folder.resolve("site/sub"));
    plant("site/sub/deep");
    assertRefused();
  }

  @Test
  void aLinkInAFilesPlaceIsReplaced() throws Exception {
    var victim = Files.writeString(elsewhere.resolve("victim"), "theirs");
    Files.createDirectories(folder.resolve("site/sub/deep"));
    Files.createSymbolicLink(folder.resolve("site/sub/deep/file"), victim);

    move();

    assertThat(victim).hasContent("theirs");
    assertThat(Files.isRegularFile(folder.resolve("site/sub/deep/file"), LinkOption.NOFOLLOW_LINKS))
        .isTrue();
  }

  @Test
  void whatAppearsMeanwhileIsNotReplacedUnlessItMayBe() throws Exception {
    placement = new Placement(folder, false);
    placement.add("top", scratch.resolve("staged/top"), Map.of());
    placement.check();
    Files.writeString(folder.resolve("top"), "theirs");

    assertThatThrownBy(this::move).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(folder.resolve("top")).hasContent("theirs");
  }

  private void plant(String path) throws IOException {
    Files.createSymbolicLink(folder.resolve(path), elsewhere);
  }

  private void move() throws IOException {
    placement.move(scratch, FileModes.in(scratch));
  }

  private void assertRefused() throws IOException {
    assertThatThrownBy(this::move)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("not a directory: ");
    assertThat(Folders.files(elsewhere)).isEmpty();
  }
}
