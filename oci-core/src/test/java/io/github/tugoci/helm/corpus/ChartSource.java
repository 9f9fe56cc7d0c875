package io.github.tugoci.helm.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A chart's directory while it is written; it begins with a Chart.yaml and a values.yaml. */
final class ChartSource {
  private static final String HEAD = "apiVersion: v2\nname: sample\nversion: 1.2.3\n";

  private final Path folder;
  private final Path scratch;

  private ChartSource(Path folder, Path scratch) {
    this.folder = folder;
    this.scratch = scratch;
  }

  /** Writes a chart into a new folder and gives that folder. */
  static Path write(Path folder, Consumer<ChartSource> content) {
    var scratch = folder.resolveSibling(folder.getFileName() + "-archives");
    content.accept(new ChartSource(folder, scratch).begin(HEAD));
    return folder;
  }

  private ChartSource begin(String metadata) {
    return chartYaml(metadata).file("values.yaml", "size: 1\n");
  }

  /** Replaces the Chart.yaml. */
  ChartSource chartYaml(String text) {
    return file("Chart.yaml", text);
  }

  /** Adds lines to the plain Chart.yaml. */
  ChartSource metadata(String lines) {
    return chartYaml(HEAD + lines);
  }

  ChartSource file(String name, String text) {
    return file(name, text.getBytes(UTF_8));
  }

  ChartSource file(String name, byte[] content) {
    try {
      Files.write(inFolder(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Files that hold their own names. */
  ChartSource files(String... names) {
    for (var name : names) {
      file(name, name + "\n");
    }
    return this;
  }

  ChartSource directory(String name) {
    inFolder(name + "/nothing");
    return this;
  }

  /** A symbolic link; the target is as the file system resolves it. */
  ChartSource link(String name, String target) {
    try {
      Files.createSymbolicLink(inFolder(name), Path.of(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** A chart in a directory of this one. */
  ChartSource subchart(String directory, String name, Consumer<ChartSource> content) {
    content.accept(new ChartSource(folder.resolve(directory), scratch).begin(named(name)));
    return this;
  }

  /** A chart of apiVersion v2 without more than its files. */
  static String named(String name) {
    return "apiVersion: v2\nname: " + name + "\nversion: 0.1.0\n";
  }

  /** A chart in an archive of this one, with entries for directories, as tar writes it. */
  ChartSource archive(String file, String name, Consumer<ChartSource> content) {
    var parent = scratch.resolve("of-" + name);
    content.accept(new ChartSource(parent.resolve(name), parent).begin(named(name)));
    try (var paths = Files.walk(parent.resolve(name));
        var out = Files.newOutputStream(inFolder(file));
        var tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      for (var path : paths.sorted().toList()) {
        var entry = tar.createArchiveEntry(path, parent.relativize(path).toString());
        add(tar, entry, path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private static void add(TarArchiveOutputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    tar.putArchiveEntry(entry);
    if (Files.isRegularFile(path)) {
      Files.copy(path, tar);
    }
    tar.closeArchiveEntry();
  }

  private Path inFolder(String name) {
    var path = folder.resolve(name);
    try {
      Files.createDirectories(path.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path;
  }
}
