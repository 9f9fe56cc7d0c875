package io.github.tugoci.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.tar.Gzip;
import io.github.tugoci.tar.TarEntry;
import io.github.tugoci.tar.TarLimits;
import io.github.tugoci.tar.TarReader;
import io.github.tugoci.tar.TarWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder's permissions go with it, and its place may be the destination itself. */
class FolderModesTest {
  private final MemoryStore store = new MemoryStore();
  private final Path folder;
  private final Path out;

  FolderModesTest(@TempDir Path temp) throws IOException {
    folder = Files.createDirectory(temp.resolve("in"));
    out = temp.resolve("out");
  }

  private void directory(String name, String mode) throws IOException {
    mode(Files.createDirectories(folder.resolve(name)), mode);
  }

  private void file(String name, String mode) throws IOException {
    mode(Files.writeString(folder.resolve(name), name), mode);
  }

  private static void mode(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private Descriptor push() throws IOException {
    var files = List.of(new ArtifactFile(folder, "dir", null));
    var options = ArtifactPushOptions.defaults();
    return Artifacts.push(store, files, List.of("v1"), options).manifest().layers().get(0);
  }

  private void pull() throws IOException {
    Artifacts.pull(store, new Tag("v1"), out, ArtifactPullOptions.defaults());
  }

  /** A folder's layer as others write it. */
  private void layer(String title, Map<String, Integer> entries) throws IOException {
    var plain = new ByteArrayOutputStream();
    try (var tar = new TarWriter(plain)) {
      for (var entry : entries.entrySet()) {
        var name = entry.getKey();
        var modified = Instant.EPOCH;
        tar.add(
            (name.endsWith("/")
                    ? TarEntry.directory(name, modified)
                    : TarEntry.file(name, 0, modified))
                .withMode(entry.getValue()),
            new byte[0]);
      }
    }
    var packed = new ByteArrayOutputStream();
    try (var gzip = Gzip.compress(packed)) {
      plain.writeTo(gzip);
    }
    var bytes = Bytes.of(packed.toByteArray());
    var layer = Descriptor.of(Artifacts.FOLDER, bytes);
    store.add(layer, Blob.of(bytes));
    var annotations =
        Map.of(
            Annotations.TITLE,
            title,
            Artifacts.UNPACK,
            "true",
            Artifacts.CONTENT_DIGEST,
            Digest.of(plain.toByteArray()).toString());
    var manifest =
        ImageManifest.builder(store.add(MediaType.EMPTY_JSON, Bytes.of("{}")))
            .layer(layer.withAnnotations(annotations))
            .build();
    store.tag(store.add(manifest), new Tag("v1"));
  }

  @Test
  void filesAndDirectoriesKeepTheirPermissions() throws Exception {
    directory("secret", "rwx------");
    file("secret/key", "rw-------");
    file("secret/cert", "rw-r-----");
    file("read-only", "r--r--r--");
    file("run", "r-xr-xr-x");
    directory("fixed", "rwxr-xr-x");
    file("fixed/a", "rw-r--r--");
    mode(folder.resolve("fixed"), "r-xr-xr-x");
    mode(folder, "rwxr-x---");
    push();
    pull();

    var to = out.resolve("dir");
    Folders.assertSame(to, folder);
    for (var name :
        List.of(
            "", "secret", "secret/key", "secret/cert", "read-only", "run", "fixed", "fixed/a")) {
      assertThat(mode(to.resolve(name))).as(name).isEqualTo(mode(folder.resolve(name)));
    }
    mode(folder.resolve("fixed"), "rwxr-xr-x");
    mode(to.resolve("fixed"), "rwxr-xr-x");
  }

  @Test
  void noBitThatRunsAsSomebodyElseIsPushed() throws Exception {
    file("run", "rwxr-xr-x");
    Files.setAttribute(folder.resolve("run"), "unix:mode", 06755);
    Files.setAttribute(folder, "unix:mode", 01777);
    var modes = new TreeMap<String, Integer>();
    try (var tar = TarReader.openGzip(store.fetch(push()), TarLimits.NONE)) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        modes.put(entry.get().name(), entry.get().mode());
      }
    }

    assertThat(modes).isEqualTo(Map.of("dir/", 0777, "dir/run", 0755));
  }

  @Test
  void whatIsPulledHasNoBitThatTheUmaskOrOthersRule() throws Exception {
    var entries = new LinkedHashMap<String, Integer>();
    entries.put("dir/", 07777);
    entries.put("dir/a", 06777);
    entries.put("dir/b", 0);
    layer("dir", entries);
    pull();
    var fresh = Files.createDirectory(out.resolve("fresh"));

    assertThat(mode(out.resolve("dir"))).isEqualTo(mode(fresh));
    assertThat((int) Files.getAttribute(out.resolve("dir"), "unix:mode") & 07000).isZero();
    assertThat((int) Files.getAttribute(out.resolve("dir/a"), "unix:mode") & 07000).isZero();
    assertThat(mode(out.resolve("dir/a"))).isEqualTo(mode(fresh));
    assertThat(mode(out.resolve("dir/b"))).isEqualTo("---------");
  }

  @ParameterizedTest
  @CsvSource({"0, rwxrwxrwx", "022, rwxr-xr-x", "077, rwx------", "027, rwxr-x---"})
  void theUmaskTakesBits(String umask, String mode) throws Exception {
    new FileModes(true, Integer.parseInt(umask, 8)).apply(folder, 0777);
    assertThat(mode(folder)).isEqualTo(mode);
  }

  @Test
  void aDirectoryThatIsThereKeepsItsPermissions() throws Exception {
    layer("dir", Map.of("dir/", 0777, "dir/a", 0644));
    mode(Files.createDirectories(out.resolve("dir")), "rwx------");
    pull();

    assertThat(mode(out.resolve("dir"))).isEqualTo("rwx------");
    assertThat(out.resolve("dir/a")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "./", "./."})
  void aFolderCalledDotGoesIntoTheDestination(String title) throws Exception {
    var entries = new LinkedHashMap<String, Integer>();
    entries.put("./", 0700);
    entries.put("a", 0600);
    entries.put("./sub/", 0755);
    entries.put("sub/b", 0644);
    layer(title, entries);
    mode(Files.createDirectories(out), "rwxr-xr-x");
    pull();

    assertThat(Folders.files(out)).containsExactly("a", "sub/b");
    assertThat(mode(out.resolve("a"))).isEqualTo("rw-------");
    assertThat(mode(out)).isEqualTo("rwxr-xr-x");
  }
}
