package io.github.tugoci.helm;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.model.Bytes;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Loads a chart from its files, as Helm's loader does. */
final class ChartLoader {
  static final String OLD_DEPENDENCIES = "requirements.yaml";
  private static final int MAX_DEPTH = 20;

  private final ChartLimits limits;
  private final int depth;
  private final List<ChartFile> files = new ArrayList<>();
  private final Map<String, List<ChartFile>> subcharts = new TreeMap<>(ByteOrder.OF_TEXT);
  private Map<String, Object> metadata = new HashMap<>();
  private ChartFile metadataFile = new ChartFile(ChartMetadata.FILE, Bytes.of(""), Instant.EPOCH);
  private @Nullable ChartFile lockFile;

  private ChartLoader(ChartLimits limits, int depth) {
    this.limits = limits;
    this.depth = depth;
  }

  static Chart load(List<ChartFile> files, ChartLimits limits) throws IOException {
    return load(files, limits, 0);
  }

  private static Chart load(List<ChartFile> files, ChartLimits limits, int depth)
      throws IOException {
    if (depth > MAX_DEPTH) {
      throw new InvalidChartException("subcharts are nested deeper than " + MAX_DEPTH);
    }
    return new ChartLoader(limits, depth).load(files);
  }

  private Chart load(List<ChartFile> all) throws IOException {
    loadMetadata(all);
    for (var file : all) {
      add(file);
    }
    var checked = ChartMetadata.of(metadata, ChartMetadata.FILE);
    var charts = new ArrayList<Chart>();
    for (var entry : subcharts.entrySet()) {
      try {
        charts.add(subchart(entry.getKey(), entry.getValue()));
      } catch (InvalidChartException e) {
        throw e.in(Chart.CHARTS + entry.getKey());
      }
    }
    return new Chart(checked, metadataFile, lockFile, files, charts);
  }

  private void loadMetadata(List<ChartFile> all) throws InvalidChartException {
    // A file can come twice in an archive; the last one wins, as in Helm.
    boolean found = false;
    for (var file : all) {
      if (file.name().equals(ChartMetadata.FILE)) {
        metadata.putAll(ChartFields.metadata(file.bytes(), ChartMetadata.FILE));
        metadataFile = file;
        found = true;
      }
    }
    if (!found) {
      throw new InvalidChartException("Chart.yaml is missing");
    }
    metadata.putIfAbsent("apiVersion", "v1");
  }

  private boolean isVersion1() {
    return "v1".equals(metadata.get("apiVersion"));
  }

  private void add(ChartFile file) throws IOException {
    var name = file.name();
    switch (name) {
      case ChartMetadata.FILE -> {}
      case ChartLock.FILE -> lock(file);
      case ChartLock.OLD_FILE -> {
        lock(file);
        addIf(isVersion1(), file);
      }
      case OLD_DEPENDENCIES -> {
        metadata = merged(metadata, ChartFields.metadata(file.bytes(), OLD_DEPENDENCIES));
        addIf(isVersion1(), file);
      }
      case Chart.VALUES -> {
        checkValues(file);
        files.add(file);
      }
      default -> {
        if (name.startsWith(Chart.CHARTS) && !name.endsWith(".prov")) {
          addToSubchart(file.withName(name.substring(Chart.CHARTS.length())));
        } else {
          files.add(file);
        }
      }
    }
  }

  /** What begins with _ or . in charts isn't a subchart, and is left out. */
  private void addToSubchart(ChartFile file) {
    int slash = file.name().indexOf('/');
    var subchart = slash < 0 ? file.name() : file.name().substring(0, slash);
    if (!subchart.startsWith("_") && !subchart.startsWith(".")) {
      subcharts.computeIfAbsent(subchart, key -> new ArrayList<>()).add(file);
    }
  }

  private void addIf(boolean wanted, ChartFile file) {
    if (wanted) {
      files.add(file);
    }
  }

  private void lock(ChartFile file) throws InvalidChartException {
    ChartLock.parse(file.bytes(), file.name());
    // Of an empty lock nothing is left, as in Helm.
    lockFile = ChartYaml.read(file.bytes(), file.name()) == null ? null : file;
  }

  private static Map<String, Object> merged(Map<String, Object> first, Map<String, Object> more) {
    var merged = new LinkedHashMap<>(first);
    merged.putAll(more);
    return merged;
  }

  private static void checkValues(ChartFile file) throws InvalidChartException {
    var values = ChartYaml.read(file.bytes(), Chart.VALUES);
    if (values != null && !(values instanceof Map)) {
      throw new InvalidChartException("values.yaml must contain a map");
    }
  }

  private Chart subchart(String name, List<ChartFile> own) throws IOException {
    if (name.endsWith(".tgz")) {
      if (!own.get(0).name().equals(name)) {
        throw new InvalidChartException("a directory is named like an archive");
      }
      var archive = own.get(0);
      return load(ArchivedFiles.read(archive.content().open(), limits, name), limits, depth + 1);
    }
    var inside =
        own.stream()
            .filter(file -> file.name().contains("/"))
            .map(file -> file.withName(file.name().substring(name.length() + 1)))
            .toList();
    return load(inside, limits, depth + 1);
  }
}
