package io.github.tugoci.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.tar.TarEntry;
import io.github.tugoci.tar.TarWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of archives and layouts that are something else than was said. */
class WrongArchivesTest {
  private static final String MARKER = "{\"imageLayoutVersion\":\"1.0.0\"}";

  private final Path folder;
  private final Path file;

  WrongArchivesTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("a.tar");
  }

  private void tar(String... namesAndContents) throws IOException {
    try (var tar = new TarWriter(Files.newOutputStream(file))) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        var content = Bytes.of(namesAndContents[i + 1]);
        tar.add(
            TarEntry.file(namesAndContents[i], content.size(), Instant.EPOCH), content.toArray());
      }
    }
  }

  private static void add(TarWriter tar, TarEntry.Type type, String name, String link)
      throws IOException {
    tar.add(new TarEntry(name, type, 0, 0644, 0, 0, Instant.EPOCH, link), new byte[0]);
  }

  private void assertNoDockerArchive(String message) {
    assertThatThrownBy(() -> DockerArchive.open(file, null))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining(file + " is not a docker-archive")
        .hasMessageContaining(message);
  }

  private void assertNoOciArchive(String message) {
    assertThatThrownBy(() -> OciArchive.open(file))
        .hasMessageContaining("not an OCI layout in a tar: " + file)
        .hasMessageContaining(message);
  }

  @Test
  void anArchiveOfTheOtherKindIsCalledByItsName() throws Exception {
    tar("oci-layout", MARKER, "index.json", "{}");
    assertNoDockerArchive("an oci-archive");
    tar("manifest.json", "[]");
    assertNoOciArchive("a docker-archive");
    assertThatThrownBy(() -> OciLayout.open(file)).hasMessageContaining("an oci-archive or a");
  }

  @Test
  void aDirectoryIsNoTar() {
    for (var reader :
        List.<ThrowingCallable>of(
            () -> OciArchive.open(folder), () -> DockerArchive.open(folder, null))) {
      assertThatThrownBy(reader)
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("is a directory, not a tar; as an OCI layout it is written oci:");
    }
  }

  @Test
  void aFolderAroundALayoutIsNamed() throws Exception {
    tar("image/oci-layout", MARKER, "image/index.json", "{}");
    assertNoOciArchive("at its top, but in the folder image");
    tar("saved/manifest.json", "[]");
    assertNoDockerArchive("at its top, but in the folder saved");

    var inside = Files.createDirectories(folder.resolve("outer/image"));
    Files.writeString(inside.resolve("oci-layout"), MARKER);
    assertThatThrownBy(() -> OciLayout.open(folder.resolve("outer")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("missing oci-layout, but its folder image is one");
  }

  @Test
  void aLayoutWithoutItsMarkerIsToldSo() throws Exception {
    tar("index.json", "{}");
    assertNoOciArchive("missing oci-layout, only an index.json");
    Files.writeString(folder.resolve("index.json"), "{}");
    assertThatThrownBy(() -> OciLayout.open(folder))
        .hasMessageContaining("missing oci-layout, only an index.json");
    Files.delete(folder.resolve("index.json"));
    assertThatThrownBy(() -> OciLayout.open(folder)).hasMessageEndingWith("missing oci-layout");
  }

  @Test
  void aLinkThatLeadsNowhereIsNamed() throws Exception {
    var id = Bytes.of("layer").digest();
    try (var tar = new TarWriter(Files.newOutputStream(file))) {
      add(tar, TarEntry.Type.SYMBOLIC_LINK, "1/layer.tar", "../2/layer.tar");
      add(tar, TarEntry.Type.HARD_LINK, "c.json", "gone.json");
      var list = "[{\"Config\":\"%s\",\"Layers\":[\"1/layer.tar\"]}]";
      var config = Bytes.of("{\"rootfs\":{\"diff_ids\":[\"" + id + "\"]}}");
      tar.add(TarEntry.file("d.json", config.size(), Instant.EPOCH), config.toArray());
      for (var name : new String[] {"c.json", "d.json"}) {
        var bytes = Bytes.of(list.formatted(name));
        tar.add(
            TarEntry.file(name.charAt(0) + "/manifest.json", bytes.size(), Instant.EPOCH),
            bytes.toArray());
      }
      add(tar, TarEntry.Type.HARD_LINK, "manifest.json", "d/manifest.json");
    }
    assertThatThrownBy(() -> DockerArchive.open(file, null))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining(
            "1/layer.tar in " + file + " is a link to a missing file: 2/layer.tar");
  }

  @Test
  void unnamedImagesAreChosenByTheirPosition() throws Exception {
    var empty = "{\"os\":\"linux\",\"architecture\":\"%s\",\"rootfs\":{\"diff_ids\":[]}}";
    tar(
        "a.json",
        empty.formatted("amd64"),
        "b.json",
        empty.formatted("arm64"),
        "manifest.json",
        "[{\"Config\":\"a.json\",\"RepoTags\":null,\"Layers\":[]},"
            + "{\"Config\":\"b.json\",\"RepoTags\":[\"t/b:1\"],\"Layers\":null}]");

    assertThatThrownBy(() -> DockerArchive.open(file, null))
        .hasMessageContaining("name one of [@0, t/b:1]");
    try (var first = DockerArchive.open(file, "@0");
        var second = DockerArchive.open(file, "@1");
        var named = DockerArchive.open(file, "docker.io/t/b:1")) {
      assertThat(first.name()).isEmpty();
      assertThat(second.name()).hasValue("t/b:1");
      assertThat(second.resolve(Selector.parse("1"))).isEqualTo(named.resolve(Selector.parse("1")));
      assertThat(first.resolve(Selector.parse("latest")))
          .isNotEqualTo(second.resolve(Selector.parse("1")));
    }
    assertThatThrownBy(() -> DockerArchive.open(file, "@2"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("has 2 images");
  }
}
