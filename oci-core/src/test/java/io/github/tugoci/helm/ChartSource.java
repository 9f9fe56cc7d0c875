package io.github.tugoci.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A chart's directory that a test puts together file by file, with nothing in it unasked. */
final class ChartSource {
  private final Path folder;

  private ChartSource(Path folder) {
    this.folder = folder;
  }

  /** A chart of version 1.0.0 with only a Chart.yaml, which has these lines besides. */
  static ChartSource v2(Path folder, String name, String... lines) throws IOException {
    return of(folder, "v2", name, lines);
  }

  /** The same for Helm 2. */
  static ChartSource v1(Path folder, String name, String... lines) throws IOException {
    return of(folder, "v1", name, lines);
  }

  private static ChartSource of(Path folder, String apiVersion, String name, String... lines)
      throws IOException {
    var yaml = "apiVersion: %s\nname: %s\nversion: 1.0.0\n".formatted(apiVersion, name);
    return new ChartSource(folder).with("Chart.yaml", yaml + String.join("\n", lines));
  }

  ChartSource with(String file, String content) throws IOException {
    return with(file, content.getBytes(UTF_8));
  }

  ChartSource with(String file, byte[] content) throws IOException {
    var path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, content);
    return this;
  }

  /** A subchart without files of its own, in the directory of that name. */
  ChartSource withSubchart(String directory, String name) throws IOException {
    v2(folder.resolve("charts").resolve(directory), name);
    return this;
  }

  Path folder() {
    return folder;
  }

  Chart read() throws IOException {
    return Chart.read(folder);
  }

  /** The package as bytes. */
  byte[] packed() throws IOException {
    var out = new ByteArrayOutputStream();
    ChartPackager.reproducible().writeTo(out, read());
    return out.toByteArray();
  }

  /** The package's entries, in order. */
  List<ChartArchiveEntry> entries() throws IOException {
    return ChartArchiveEntry.in(packed());
  }

  /** The names of the package's entries, in order. */
  List<String> names() throws IOException {
    var names = new ArrayList<String>();
    entries().forEach(entry -> names.add(entry.header().name()));
    return names;
  }
}
