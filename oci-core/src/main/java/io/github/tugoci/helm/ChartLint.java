package io.github.tugoci.helm;

import io.github.tugoci.helm.ChartFinding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Examines a chart by Helm's lint rules, as far as they need no rendering. Left out are those on
 * rendered templates; whether the values fit their schema says the package {@code schema}.
 */
public final class ChartLint {
  private final List<ChartFile> files;
  private final List<ChartFinding> findings = new ArrayList<>();

  private ChartLint(List<ChartFile> files) {
    this.files = files;
  }

  /**
   * Examines a directory or an archive; what can't be read as a chart is a finding too.
   *
   * @throws IOException if it can't be read at all
   */
  public static List<ChartFinding> lint(Path chart, ChartLimits limits) throws IOException {
    List<ChartFile> files;
    try {
      if (Files.isDirectory(chart)) {
        files = ChartDirectory.read(chart, limits);
      } else {
        try (var in = Files.newInputStream(chart)) {
          files = ArchivedFiles.read(in, limits, chart.toString());
        }
      }
    } catch (InvalidChartException e) {
      return List.of(new ChartFinding(Severity.ERROR, ".", String.valueOf(e.getMessage())));
    }
    return lint(files, limits);
  }

  static List<ChartFinding> lint(List<ChartFile> files, ChartLimits limits) throws IOException {
    var lint = new ChartLint(files);
    var metadata = lint.metadata();
    if (metadata != null) {
      lint.findings.addAll(MetadataLint.lint(metadata));
    }
    lint.values();
    lint.templates();
    lint.crds();
    lint.load(limits);
    return List.copyOf(lint.findings);
  }

  private void add(Severity severity, String path, String message) {
    findings.add(new ChartFinding(severity, path, message));
  }

  private Optional<ChartFile> file(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }

  /** The document as it is written, with types that Helm wouldn't take. */
  private @Nullable Map<?, ?> metadata() {
    var file = file(ChartMetadata.FILE);
    if (file.isEmpty()) {
      add(Severity.ERROR, ChartMetadata.FILE, "is missing");
      return null;
    }
    try {
      if (ChartYaml.read(file.get().bytes(), ChartMetadata.FILE) instanceof Map<?, ?> map) {
        return map;
      }
      add(Severity.ERROR, ChartMetadata.FILE, "holds no map");
    } catch (InvalidChartException e) {
      add(Severity.ERROR, ChartMetadata.FILE, String.valueOf(e.getMessage()));
    }
    return null;
  }

  private void values() {
    var file = file(Chart.VALUES);
    if (file.isEmpty()) {
      add(Severity.INFO, Chart.VALUES, "is missing");
      return;
    }
    try {
      ChartYaml.read(file.get().bytes(), Chart.VALUES);
    } catch (InvalidChartException e) {
      add(Severity.ERROR, Chart.VALUES, String.valueOf(e.getMessage()));
    }
  }

  private void templates() {
    if (files.stream().noneMatch(file -> file.name().startsWith(Chart.TEMPLATES))) {
      add(Severity.WARNING, Chart.TEMPLATES, "is missing or empty");
    }
  }

  private void crds() {
    for (var file : files) {
      if (Chart.isCrd(file)) {
        try {
          for (var document : ChartYaml.readAll(file.bytes(), file.name())) {
            crd(file.name(), document);
          }
        } catch (InvalidChartException e) {
          add(Severity.ERROR, file.name(), String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private void crd(String name, @Nullable Object document) {
    if (document == null) {
      return;
    }
    boolean right =
        document instanceof Map<?, ?> map
            && "CustomResourceDefinition".equals(map.get("kind"))
            && map.get("apiVersion") instanceof String version
            && version.startsWith("apiextensions.k8s.io");
    if (!right) {
      add(Severity.ERROR, name, "holds something else than a CustomResourceDefinition");
    }
  }

  /** What only the whole chart shows: whether Helm would load it, and its dependencies. */
  private void load(ChartLimits limits) throws IOException {
    Chart chart;
    try {
      chart = ChartLoader.load(files, limits);
    } catch (InvalidChartException e) {
      var message = String.valueOf(e.getMessage());
      if (findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR)) {
        add(Severity.ERROR, ".", message);
      }
      return;
    }
    var wanted = new LinkedHashSet<String>();
    chart.metadata().dependencies().forEach(dependency -> wanted.add(dependency.name()));
    var there = new HashSet<String>();
    chart.subcharts().forEach(subchart -> there.add(subchart.metadata().name()));
    report(Severity.ERROR, there, wanted, "is no dependency in Chart.yaml");
    report(Severity.WARNING, wanted, there, "is missing");
    findings.addAll(DependencyLint.lint(chart));
  }

  private void report(Severity severity, Set<String> names, Set<String> except, String message) {
    names.stream()
        .filter(name -> !except.contains(name))
        .sorted()
        .forEach(name -> add(severity, Chart.CHARTS + name, message));
  }
}
