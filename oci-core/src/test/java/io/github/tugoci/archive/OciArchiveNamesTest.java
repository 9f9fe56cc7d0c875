package io.github.tugoci.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.Blob;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names in a layout's tar, as other programs write them. */
class OciArchiveNamesTest {
  private final Path folder;

  OciArchiveNamesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest(name = "prefix {0}, long names {1}")
  @CsvSource({"'',gnu", "'',pax", "./,gnu", "./,pax", "././../,pax"})
  void longNamesAndPrefixesAreUnderstood(String prefix, String longNames) throws Exception {
    var layout = OciLayout.create(folder.resolve("layout"));
    var content = Bytes.of("a path to me has over a hundred characters");
    var layer =
        Descriptor.of(
            MediaType.OCTET_STREAM, content.digest(Digest.Algorithm.SHA512), content.size());
    layout.push(layer, Blob.of(content));
    var empty = Descriptor.of(MediaType.EMPTY_JSON, Bytes.of("{}"));
    layout.push(empty, Blob.of(Bytes.of("{}")));
    var manifest = ImageManifest.builder(empty).layer(layer).build();
    layout.push(manifest.descriptor(), Blob.of(manifest.bytes()), List.of(new Tag("v1")));
    var file = tar(layout.directory(), prefix, longNames);

    var archive = OciArchive.open(file);

    assertThat(archive.resolve(Selector.parse("v1")).digest())
        .isEqualTo(manifest.descriptor().digest());
    assertThat(archive.read(layer, 100)).isEqualTo(content);
  }

  private Path tar(Path layout, String prefix, String longNames) throws IOException {
    var file = folder.resolve("layout.tar");
    try (var tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
      tar.setLongFileMode(
          longNames.equals("gnu")
              ? TarArchiveOutputStream.LONGFILE_GNU
              : TarArchiveOutputStream.LONGFILE_POSIX);
      for (var name : Folders.files(layout)) {
        var entry = new TarArchiveEntry(prefix + name, true);
        entry.setSize(Files.size(layout.resolve(name)));
        tar.putArchiveEntry(entry);
        Files.copy(layout.resolve(name), tar);
        tar.closeArchiveEntry();
      }
    }
    return file;
  }
}
