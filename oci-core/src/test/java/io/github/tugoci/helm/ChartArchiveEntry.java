package io.github.tugoci.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.tar.Gzip;
import io.github.tugoci.tar.TarEntry;
import io.github.tugoci.tar.TarLimits;
import io.github.tugoci.tar.TarReader;
import io.github.tugoci.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An entry of an archive as it stands there, good or bad. */
record ChartArchiveEntry(TarEntry header, String content) {
  static ChartArchiveEntry file(String name, String content) {
    return new ChartArchiveEntry(
        TarEntry.file(name, content.getBytes(UTF_8).length, Instant.EPOCH), content);
  }

  static ChartArchiveEntry link(String name, TarEntry.Type type, String target) {
    return new ChartArchiveEntry(
        new TarEntry(name, type, 0, 0777, 0, 0, Instant.EPOCH, target), "");
  }

  /** A Chart.yaml that is fine, at its place. */
  static ChartArchiveEntry chartYaml() {
    return file("hello/Chart.yaml", "apiVersion: v2\nname: hello\nversion: 1.0.0\n");
  }

  /** An archive of entries, compressed. */
  static byte[] archive(ChartArchiveEntry... entries) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var tar = new TarWriter(Gzip.compress(out))) {
      for (var entry : entries) {
        tar.add(entry.header(), entry.content().getBytes(UTF_8));
      }
    }
    return out.toByteArray();
  }

  /** All entries of an archive, in order. */
  static List<ChartArchiveEntry> in(byte[] archive) throws IOException {
    var entries = new ArrayList<ChartArchiveEntry>();
    try (var tar = TarReader.openGzip(new ByteArrayInputStream(archive), TarLimits.NONE)) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        entries.add(
            new ChartArchiveEntry(entry.get(), new String(tar.content().readAllBytes(), UTF_8)));
      }
    }
    return entries;
  }
}
