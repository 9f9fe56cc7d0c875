package io.github.tugoci.dependency;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartDependency;
import io.github.tugoci.helm.ChartLock;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.SemanticVersion;
import io.github.tugoci.helm.VersionConstraint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code file://PATH}: a chart in a directory, which is packaged with what is in its own directory
 * charts. What it needs and hasn't there is fetched too, and its directory stays as it is; Helm
 * packages it without.
 *
 * @param chart the chart that relative paths begin at
 * @param open the charts that led here, the first one first
 */
record DirectoryChartSource(
    Path chart, ChartRepositories repositories, ChartCache cache, List<Path> open)
    implements ChartSource {
  static final String SCHEME = "file://";

  @Override
  public String choose(ChartDependency wanted) throws IOException {
    return checked(Chart.readHead(directory(wanted)), wanted).metadata().version();
  }

  @Override
  public Optional<ChartArchive> fetch(ChartDependency locked, Path into, ChartPullOptions options)
      throws IOException {
    var found =
        complete(
            checked(Chart.read(directory(locked), options.limits()), locked),
            locked,
            into,
            options);
    var file = into.resolve(found.metadata() + ".tgz");
    try (var out = Files.newOutputStream(file)) {
      ChartPackager.reproducible().writeTo(out, found);
    }
    return Optional.of(ChartArchive.open(file, options.limits()));
  }

  private Chart complete(Chart found, ChartDependency wanted, Path into, ChartPullOptions options)
      throws IOException {
    var directory = directory(wanted);
    var needed = needed(directory);
    if (needed.isEmpty()) {
      return found;
    }
    var real = directory.toRealPath();
    if (open.contains(real)) {
      throw new InvalidChartException("circular dependency: " + wanted.name() + ": " + directory);
    }
    var way = new ArrayList<>(open);
    way.add(real);
    var origins = new ChartSources(directory, repositories, cache, way);
    var subcharts = new ArrayList<>(found.subcharts());
    subcharts.removeIf(old -> needed.contains(old.metadata().name()));
    var asked = DependencyRequest.by(found, repositories);
    var lock = found.lock().filter(one -> one.answers(asked.fields()));
    for (var one : lock.map(ChartLock::dependencies).orElse(asked.dependencies())) {
      if (needed.contains(one.name())) {
        var origin = origins.of(one);
        var locked = lock.isPresent() ? one : one.withVersion(origin.choose(one));
        var inside = Files.createDirectory(into.resolve(Integer.toString(subcharts.size())));
        var archive = ChartsDirUpdate.checked(origin.fetch(locked, inside, options), locked);
        if (archive.isPresent()) {
          subcharts.add(Chart.read(archive.get().path(), options.limits()));
        }
      }
    }
    return found.withSubcharts(subcharts);
  }

  /** The names of what isn't in a chart's directory charts in a version that will do. */
  private static Set<String> needed(Path directory) throws IOException {
    return Dependencies.list(directory).dependencies().stream()
        .filter(
            entry ->
                entry.status() == DependencyStatus.MISSING
                    || entry.status() == DependencyStatus.WRONG_VERSION)
        .map(entry -> entry.dependency().name())
        .collect(Collectors.toSet());
  }

  private Path directory(ChartDependency dependency) {
    return chart.resolve(dependency.repository().substring(SCHEME.length())).normalize();
  }

  /** Its version is compared, whether a constraint is given or the version of a lock. */
  static Chart checked(Chart found, ChartDependency wanted) throws NotFoundException {
    boolean fits =
        VersionConstraint.parse(wanted.version())
            .flatMap(
                constraint ->
                    SemanticVersion.parse(found.metadata().version()).map(constraint::allows))
            .orElse(false);
    if (!fits) {
      throw new NotFoundException(
          "%s is there as %s, and %s is wanted"
              .formatted(wanted.name(), found.metadata().version(), wanted.version()));
    }
    return found;
  }
}
