package io.github.tugoci.dependency;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartDependency;
import io.github.tugoci.helm.ChartMetadata;
import io.github.tugoci.helm.SemanticVersion;
import io.github.tugoci.helm.VersionConstraint;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The archives and directories in a chart's directory {@code charts}, sorted by name. */
record Subcharts(List<Subchart> all) {
  private static final String ARCHIVE = ".tgz";

  /** One of them; without metadata it isn't a chart. */
  record Subchart(Path path, @Nullable ChartMetadata metadata) {
    String file() {
      return FileName.of(path);
    }

    boolean isArchive() {
      return Files.isRegularFile(path);
    }

    boolean is(String name) {
      return metadata != null && metadata.name().equals(name);
    }
  }

  /** Reads what is there; a directory that isn't there is empty. */
  static Subcharts in(Path charts) throws IOException {
    var all = new ArrayList<Subchart>();
    if (Files.isDirectory(charts)) {
      try (var entries = Files.list(charts)) {
        for (var entry : entries.filter(Subcharts::mayBeChart).sorted().toList()) {
          all.add(new Subchart(entry, metadata(entry)));
        }
      }
    }
    return new Subcharts(all);
  }

  /** The names of the charts. */
  Set<String> names() {
    var names = new HashSet<String>();
    all.stream()
        .filter(chart -> chart.metadata != null)
        .forEach(chart -> names.add(chart.metadata.name()));
    return names;
  }

  /** As in Helm's loader, a name that begins with _ or . stands for nothing. */
  private static boolean mayBeChart(Path entry) {
    var name = FileName.of(entry);
    return !name.startsWith("_")
        && !name.startsWith(".")
        && (Files.isDirectory(entry) || name.endsWith(ARCHIVE));
  }

  private static @Nullable ChartMetadata metadata(Path chart) throws IOException {
    try {
      return Chart.read(chart).metadata();
    } catch (InvalidChartException | InvalidContentException e) {
      return null;
    }
  }

  DependencyList list(List<ChartDependency> wanted) {
    var names = wanted.stream().map(ChartDependency::name).collect(Collectors.toSet());
    return new DependencyList(
        wanted.stream().map(one -> new DependencyList.Entry(one, status(one))).toList(),
        unlisted(names),
        all.stream().filter(chart -> chart.metadata == null).map(Subchart::path).toList());
  }

  private List<Path> unlisted(Set<String> names) {
    return all.stream()
        .filter(chart -> chart.metadata != null && !names.contains(chart.metadata.name()))
        .map(Subchart::path)
        .toList();
  }

  /** By the rules of Helm, which looks for archives by their names first. */
  private DependencyStatus status(ChartDependency wanted) {
    var prefix = wanted.name() + "-";
    var archives =
        all.stream()
            .filter(chart -> chart.file().startsWith(prefix) && chart.file().endsWith(ARCHIVE))
            .toList();
    if (archives.size() > 1) {
      archives = archives.stream().filter(chart -> hasVersion(chart.file(), prefix)).toList();
      if (archives.size() > 1) {
        return DependencyStatus.TOO_MANY_MATCHES;
      }
    }
    if (!archives.isEmpty()) {
      return archived(archives.get(0), wanted);
    }
    return all.stream()
        .filter(chart -> chart.is(wanted.name()))
        .reduce((first, last) -> last)
        .map(chart -> status(chart.metadata, wanted, DependencyStatus.UNPACKED))
        .orElse(DependencyStatus.MISSING);
  }

  private static boolean hasVersion(String file, String prefix) {
    var version = file.substring(prefix.length(), file.length() - ARCHIVE.length());
    return SemanticVersion.parseStrict(version).isPresent();
  }

  private static DependencyStatus archived(Subchart archive, ChartDependency wanted) {
    if (archive.metadata == null) {
      return DependencyStatus.CORRUPT;
    }
    return archive.is(wanted.name())
        ? status(archive.metadata, wanted, DependencyStatus.OK)
        : DependencyStatus.MISNAMED;
  }

  private static DependencyStatus status(
      @Nullable ChartMetadata found, ChartDependency wanted, DependencyStatus good) {
    if (found == null || found.version().equals(wanted.version())) {
      return good;
    }
    var constraint = VersionConstraint.parse(wanted.version());
    var version = SemanticVersion.parse(found.version());
    if (constraint.isEmpty() || version.isEmpty()) {
      return DependencyStatus.INVALID_VERSION;
    }
    return constraint.get().allows(version.get()) ? good : DependencyStatus.WRONG_VERSION;
  }
}
