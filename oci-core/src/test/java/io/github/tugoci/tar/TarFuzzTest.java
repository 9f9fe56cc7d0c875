package io.github.tugoci.tar;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.error.OciException;
import io.github.tugoci.fixture.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of anybody. */
class TarFuzzTest {
  private static byte[] ours() throws Exception {
    var out = new ByteArrayOutputStream();
    try (var tar = new TarWriter(out)) {
      tar.add(TarEntry.file("a/" + "long".repeat(60), 3, Instant.EPOCH), "abc".getBytes(UTF_8));
      tar.add(TarEntry.directory("d/", Instant.EPOCH), new byte[0]);
    }
    return out.toByteArray();
  }

  private static byte[] others(int longFiles, int bigNumbers) throws Exception {
    var out = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(out)) {
      tar.setLongFileMode(longFiles);
      tar.setBigNumberMode(bigNumbers);
      var entry = new TarArchiveEntry("b/" + "name".repeat(60));
      entry.setSize(4);
      entry.setUserId(1L << 40);
      tar.putArchiveEntry(entry);
      tar.write(new byte[4]);
      tar.closeArchiveEntry();
      var link = new TarArchiveEntry("link", TarArchiveEntry.LF_SYMLINK);
      link.setLinkName("b/x");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
    return out.toByteArray();
  }

  private static Fuzz fuzz(String name) throws Exception {
    return Fuzz.of(name)
        .may(OciException.class)
        .seed(ours())
        .seed(others(TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.BIGNUMBER_STAR))
        .seed(
            others(TarArchiveOutputStream.LONGFILE_POSIX, TarArchiveOutputStream.BIGNUMBER_POSIX));
  }

  private static void read(TarReader tar) throws Exception {
    for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
      tar.content().transferTo(OutputStream.nullOutputStream());
    }
  }

  @Test
  void plain() throws Exception {
    fuzz("tar").run(b -> read(TarReader.open(new ByteArrayInputStream(b), TarLimits.NONE)));
  }

  @Test
  void compressed() throws Exception {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(ours());
    }
    Fuzz.of("tar-gzip")
        .may(OciException.class)
        .seed(out.toByteArray())
        .run(b -> read(TarReader.openGzip(new ByteArrayInputStream(b), TarLimits.NONE)));
  }

  @Test
  void inPlace(@TempDir Path folder) throws Exception {
    fuzz("tar-file")
        .run(
            bytes -> {
              var file = Files.write(folder.resolve("a.tar"), bytes);
              var tar = TarFile.open(file, TarLimits.NONE);
              tar.size("link");
              tar.folderWith("x");
              var open = tar.open("link");
              if (open.isPresent()) {
                open.get().readAllBytes();
              }
            });
  }
}
