package io.github.tugoci.dependency;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.error.InvalidVersionException;
import io.github.tugoci.helm.ChartDependency;
import io.github.tugoci.helm.VersionConstraint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The repositories that one chart names; each web server's index is read once. */
final class ChartSources {
  private static final Set<String> NOT_A_NAME = Set.of("", ".", "..");

  private final Path chart;
  private final List<Path> open;
  private final ChartRepositories repositories;
  private final ChartCache cache;
  private final Map<String, ChartSource> indexed = new HashMap<>();

  ChartSources(Path chart, ChartRepositories repositories, ChartCache cache) throws IOException {
    this(chart, repositories, cache, List.of(chart.toRealPath()));
  }

  /**
   * The repositories of a chart that others need.
   *
   * @param open the charts that need it, and itself
   */
  ChartSources(Path chart, ChartRepositories repositories, ChartCache cache, List<Path> open) {
    this.open = open;
    this.chart = chart;
    this.repositories = repositories;
    this.cache = cache;
  }

  /** Where a dependency comes from. */
  ChartSource of(ChartDependency dependency) throws IOException {
    check(dependency);
    var repository = dependency.repository();
    if (repository.isEmpty()) {
      return new BundledChartSource(chart.resolve(Dependencies.CHARTS));
    }
    if (repository.startsWith(DirectoryChartSource.SCHEME)) {
      return new DirectoryChartSource(chart, repositories, cache, open);
    }
    if (repository.startsWith(RegistryChartSource.SCHEME)) {
      return new RegistryChartSource(repositories, cache);
    }
    if (!ChartUrl.isWeb(repository)) {
      throw new InvalidChartException(
          "%s: the repository \"%s\" is neither oci://, https://, http:// nor file://"
              .formatted(dependency.name(), repository));
    }
    synchronized (indexed) {
      var known = indexed.get(repository);
      if (known == null) {
        known = new IndexedChartSource(ChartRepository.at(repository, repositories, cache));
        indexed.put(repository, known);
      }
      return known;
    }
  }

  private static void check(ChartDependency dependency) throws InvalidChartException {
    var name = dependency.name();
    if (NOT_A_NAME.contains(name) || name.contains("/") || name.contains("\\")) {
      throw new InvalidChartException(
          "invalid dependency name \"" + name + "\": expected the name of a chart");
    }
    if (VersionConstraint.parse(dependency.version()).isEmpty()) {
      throw new InvalidChartException(
          name + ": " + new InvalidVersionException(dependency.version()).getMessage());
    }
  }
}
