package io.github.tugoci.helm;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.error.InvalidYamlException;
import io.github.tugoci.file.InputFile;
import io.github.tugoci.helm.ChartFinding.Rules;
import io.github.tugoci.helm.ChartFinding.Severity;
import io.github.tugoci.yaml.Yaml;
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
 * Examines a chart by Helm 4's lint rules and those of Helm 3 that are gone, as far as they need no
 * rendering; a finding says whose rule it follows, and what only Helm 3 refused is a warning. Left
 * out are the rules on rendered templates; whether the values fit their schema says the package
 * {@code schema}.
 */
public final class ChartLint {
  private final List<ChartFile> files;
  private final @Nullable Path directory;
  private final List<ChartFinding> findings = new ArrayList<>();

  private ChartLint(List<ChartFile> files, @Nullable Path directory) {
    this.files = files;
    this.directory = directory;
  }

  /**
   * Examines a directory or an archive; what can't be read as a chart is a finding too.
   *
   * @throws IOException if it can't be read at all
   */
  public static List<ChartFinding> lint(Path chart, ChartLimits limits) throws IOException {
    ChartLint lint;
    try {
      if (Files.isDirectory(chart)) {
        lint = new ChartLint(ChartDirectory.read(chart, limits), chart);
      } else {
        try (var in = InputFile.openRegular(chart)) {
          lint = new ChartLint(ArchivedFiles.read(in, limits, chart.toString()), null);
        }
      }
    } catch (InvalidChartException e) {
      return List.of(new ChartFinding(Severity.ERROR, ".", String.valueOf(e.getMessage())));
    }
    lint.metadata();
    lint.values();
    lint.directories();
    lint.findings.addAll(TemplatesLint.lint(lint.files));
    lint.findings.addAll(CrdLint.lint(lint.files));
    lint.sizes();
    lint.load(limits);
    return List.copyOf(lint.findings);
  }

  private void add(Severity severity, String path, String message) {
    add(severity, path, message, Rules.HELM);
  }

  private void add(Severity severity, String path, String message, Rules rules) {
    findings.add(new ChartFinding(severity, path, message, rules));
  }

  private Optional<ChartFile> file(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }

  private void metadata() {
    var file = file(ChartMetadata.FILE);
    if (file.isEmpty()) {
      add(Severity.ERROR, ChartMetadata.FILE, "is missing");
      return;
    }
    try {
      var bytes = file.get().bytes();
      var written = ChartYaml.read(bytes, ChartMetadata.FILE);
      if (!(written instanceof Map<?, ?> map)) {
        add(Severity.ERROR, ChartMetadata.FILE, "holds no map");
        return;
      }
      var fields = ChartFields.metadata(bytes, ChartMetadata.FILE);
      unique(bytes);
      findings.addAll(MetadataLint.lint(fields, map));
    } catch (InvalidChartException e) {
      add(Severity.ERROR, ChartMetadata.FILE, String.valueOf(e.getMessage()));
    }
  }

  /** Helm 4 warns of a key that comes twice, and takes the last one as before. */
  private void unique(byte[] yaml) {
    try {
      Yaml.readUnique(yaml, ChartMetadata.FILE);
    } catch (InvalidYamlException e) {
      add(Severity.WARNING, ChartMetadata.FILE, String.valueOf(e.getMessage()), Rules.HELM_4);
    }
  }

  private void values() {
    var file = file(Chart.VALUES);
    if (file.isEmpty()) {
      if (isDirectory(Chart.VALUES)) {
        add(Severity.ERROR, Chart.VALUES, "is a directory");
      } else {
        add(Severity.INFO, Chart.VALUES, "is missing");
      }
      return;
    }
    var bytes = file.get().bytes();
    try {
      var values = ChartYaml.read(bytes, Chart.VALUES);
      if (values != null && !(values instanceof Map)) {
        add(Severity.ERROR, Chart.VALUES, "is not a map");
        return;
      }
    } catch (InvalidChartException e) {
      add(Severity.ERROR, Chart.VALUES, String.valueOf(e.getMessage()));
      return;
    }
    try {
      var documents = ChartYaml.readAll(bytes, Chart.VALUES);
      if (documents.stream().anyMatch(one -> one != null && !(one instanceof Map))) {
        add(Severity.ERROR, Chart.VALUES, "a document of it is not a map", Rules.HELM_4);
      } else if (documents.size() > 1) {
        add(
            Severity.INFO,
            Chart.VALUES,
            "holds %d documents: Helm 4 merges them, Helm 3 reads the first one"
                .formatted(documents.size()),
            Rules.TUG);
      }
    } catch (InvalidChartException e) {
      add(Severity.ERROR, Chart.VALUES, String.valueOf(e.getMessage()), Rules.HELM_4);
    }
  }

  private void directories() {
    if (isFile("templates")) {
      add(Severity.ERROR, Chart.TEMPLATES, "is not a directory", Rules.HELM_4);
    } else if (!isDirectory("templates")) {
      add(Severity.WARNING, Chart.TEMPLATES, "is missing", Rules.HELM_4);
    }
    if (isFile("crds")) {
      add(Severity.ERROR, "crds/", "is not a directory", Rules.HELM_4);
    }
  }

  /** Whether it is there as a directory, which may be empty, or ignored. */
  private boolean isDirectory(String name) {
    return directory == null
        ? files.stream().anyMatch(file -> file.name().startsWith(name + "/"))
        : Files.isDirectory(directory.resolve(name));
  }

  private boolean isFile(String name) {
    return directory == null
        ? file(name).isPresent()
        : Files.isRegularFile(directory.resolve(name));
  }

  private void sizes() {
    for (var file : files) {
      if (file.content().size() > ChartLimits.HELM_3_FILE) {
        add(Severity.WARNING, file.name(), "is larger than 5 MiB", Rules.HELM_3);
      }
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
    report(Severity.ERROR, there, wanted, "not a dependency in Chart.yaml");
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
