package io.github.tugoci.helm.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartPackager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A chart's directory, as files and texts. It begins as a small chart that Helm takes; {@link
 * #with} changes one thing about it.
 */
final class ChartCase {
  private static final String METADATA = "apiVersion: v2\nname: sample\nversion: 1.2.3\n";

  private final String name;
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Map<String, String> links = new LinkedHashMap<>();
  private final Map<String, ChartCase> archives = new LinkedHashMap<>();

  private ChartCase(String name) {
    this.name = name;
  }

  /** A chart with no more than it needs. */
  static ChartCase chart(String name) {
    return new ChartCase(name)
        .with("Chart.yaml", METADATA)
        .with("values.yaml", "a: 1\n")
        .with("templates/a.yaml", "b: {{ .Values.a }}\n");
  }

  /** The same with more lines in its Chart.yaml. */
  ChartCase metadata(String lines) {
    return with("Chart.yaml", METADATA + lines);
  }

  ChartCase with(String file, String text) {
    files.put(file, text.getBytes(UTF_8));
    return this;
  }

  ChartCase without(String file) {
    files.remove(file);
    return this;
  }

  ChartCase link(String file, String target) {
    links.put(file, target);
    return this;
  }

  /** A subchart, packaged. */
  ChartCase archive(String file, ChartCase chart) {
    archives.put(file, chart);
    return this;
  }

  /** Writes it into a new directory below a folder. */
  Path write(Path folder) throws IOException {
    var chart = Files.createDirectories(folder.resolve("chart"));
    for (var file : files.entrySet()) {
      Files.write(parent(chart.resolve(file.getKey())), file.getValue());
    }
    for (var link : links.entrySet()) {
      Files.createSymbolicLink(parent(chart.resolve(link.getKey())), Path.of(link.getValue()));
    }
    for (var archive : archives.entrySet()) {
      var source = archive.getValue().write(folder.resolve("archived-" + links.size()));
      try (var out = Files.newOutputStream(parent(chart.resolve(archive.getKey())))) {
        ChartPackager.reproducible().writeTo(out, Chart.read(source));
      }
    }
    return chart;
  }

  private static Path parent(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return file;
  }

  /** Its name, for the test's. */
  @Override
  public String toString() {
    return name;
  }
}
