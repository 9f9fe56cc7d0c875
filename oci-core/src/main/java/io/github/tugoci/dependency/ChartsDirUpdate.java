package io.github.tugoci.dependency;

import io.github.tugoci.concurrent.TaskGroup;
import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.file.ScratchDirectory;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartDependency;
import io.github.tugoci.helm.ChartLock;
import io.github.tugoci.helm.ChartMetadata;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.SemanticVersion;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Updates a chart's {@code charts/} to the versions of a lock. */
record ChartsDirUpdate(
    Path chart, ChartLock lock, ChartSources origins, ChartPullOptions options, TaskGroup crew) {
  /**
   * Fetches everything, and only then changes the directory.
   *
   * @param last what is done after that, and must succeed as well
   */
  ResolvedDependencies run(AtomicDirSwap.Step last) throws IOException {
    var charts = chart.resolve(Dependencies.CHARTS);
    boolean undo = Files.notExists(charts);
    Files.createDirectories(charts);
    // In there, what a crash leaves behind is no part of the chart: its name begins with a dot.
    try (var scratch = ScratchDirectory.in(charts)) {
      var fetched = fetch(scratch.path());
      new AtomicDirSwap(charts, scratch.taken()).run(archives(fetched.values()), kept(), last);
      undo = false;
      return result(charts, fetched);
    } finally {
      if (undo) {
        charts.toFile().delete();
      }
    }
  }

  /** Each in a directory of its own, so that none can pass for another. */
  private Map<ChartDependency, Optional<ChartArchive>> fetch(Path scratch) throws IOException {
    var wanted = lock.dependencies().stream().distinct().toList();
    var tasks = new ArrayList<Callable<Optional<ChartArchive>>>();
    for (var one : wanted) {
      var origin = origins.of(one);
      var directory = Files.createDirectory(scratch.resolve(Integer.toString(tasks.size())));
      tasks.add(() -> checked(origin.fetch(one, directory, options), one));
    }
    var results = crew.invokeAll(tasks);
    var fetched = new LinkedHashMap<ChartDependency, Optional<ChartArchive>>();
    for (int i = 0; i < wanted.size(); i++) {
      fetched.put(wanted.get(i), results.get(i));
    }
    return fetched;
  }

  /** Checks that a repository gave what was asked for. */
  static Optional<ChartArchive> checked(Optional<ChartArchive> archive, ChartDependency wanted)
      throws InvalidChartException {
    if (archive.isPresent() && !fits(archive.get().metadata(), wanted)) {
      throw new InvalidChartException(
          "%s has %s where %s-%s should be"
              .formatted(
                  wanted.repository(), archive.get().metadata(), wanted.name(), wanted.version()));
    }
    return archive;
  }

  private static boolean fits(ChartMetadata found, ChartDependency wanted) {
    var version = SemanticVersion.parse(found.version());
    return found.name().equals(wanted.name())
        && SemanticVersion.parse(wanted.version())
            .flatMap(locked -> version.map(own -> own.compareTo(locked) == 0))
            .orElse(false);
  }

  /** Two repositories can have different charts of one name and version. */
  private static Collection<Path> archives(Collection<Optional<ChartArchive>> fetched)
      throws InvalidChartException {
    var archives = new TreeMap<String, ChartArchive>();
    for (var archive : fetched.stream().flatMap(Optional::stream).toList()) {
      var other = archives.put(FileName.of(archive.path()), archive);
      if (other != null && !other.descriptor().digest().equals(archive.descriptor().digest())) {
        throw new InvalidChartException(
            "two repositories have different charts " + archive.metadata());
      }
    }
    return archives.values().stream().map(ChartArchive::path).toList();
  }

  private Set<String> kept() {
    return lock.dependencies().stream()
        .filter(one -> one.repository().isEmpty())
        .map(ChartDependency::name)
        .collect(Collectors.toSet());
  }

  private ResolvedDependencies result(
      Path charts, Map<ChartDependency, Optional<ChartArchive>> fetched) {
    var entries = new ArrayList<ResolvedDependencies.Entry>();
    for (var one : lock.dependencies()) {
      var archive = Objects.requireNonNull(fetched.get(one));
      entries.add(
          new ResolvedDependencies.Entry(
              one,
              charts.resolve(archive.map(found -> FileName.of(found.path())).orElse(one.name())),
              archive.map(found -> found.descriptor().digest())));
    }
    return new ResolvedDependencies(Optional.of(lock), entries);
  }
}
