package io.github.tugoci.dependency;

import io.github.tugoci.concurrent.TaskGroup;
import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.file.AtomicFile;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartLimits;
import io.github.tugoci.helm.ChartLock;
import io.github.tugoci.helm.ChartPullOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The dependencies of charts in directories: {@code helm dependency} without Helm.
 *
 * <pre>{@code
 * var dependencies = Dependencies.from(ChartRepositories.of(client), Path.of("cache"));
 * dependencies.update(Path.of("helm/shop"));
 * }</pre>
 *
 * <p>After a failure a chart's directory {@code charts} and its lock are as they were.
 */
public final class Dependencies {
  static final String CHARTS = "charts";

  private static final int CONCURRENCY = 5;

  private final ChartRepositories repositories;
  private final ChartCache cache;
  private final int concurrency;
  private final ChartPullOptions options;
  private final Clock clock;

  private Dependencies(
      ChartRepositories repositories,
      ChartCache cache,
      int concurrency,
      ChartPullOptions options,
      Clock clock) {
    this.repositories = repositories;
    this.cache = cache;
    this.concurrency = concurrency;
    this.options = options;
    this.clock = clock;
  }

  /**
   * Dependencies from these repositories, fetched five at once.
   *
   * @param cache a directory for archives, by their digests; made if it doesn't exist, and shared
   *     with other programs if need be
   */
  public static Dependencies from(ChartRepositories repositories, Path cache) {
    return new Dependencies(
        repositories,
        new ChartCache(cache),
        CONCURRENCY,
        ChartPullOptions.defaults(),
        Clock.systemUTC());
  }

  /** The same with another number of charts that are fetched at once. */
  public Dependencies withConcurrency(int most) {
    return new Dependencies(repositories, cache, most, options, clock);
  }

  /** The same with other limits for the charts that are fetched. */
  public Dependencies withLimits(ChartLimits limits) {
    return new Dependencies(
        repositories, cache, concurrency, options.toBuilder().limits(limits).build(), clock);
  }

  /**
   * The same, which keeps only what its provenance vouches for. Charts in directories, which have
   * none, are taken as they are.
   */
  public Dependencies withCheck(ChartPullOptions.Check check) {
    return new Dependencies(
        repositories, cache, concurrency, options.toBuilder().check(check).build(), clock);
  }

  /**
   * Lists what a chart needs, and what of it is there. Nothing is fetched.
   *
   * @throws InvalidChartException if it isn't a chart
   */
  public static DependencyList list(Path chart) throws IOException {
    return Subcharts.in(chart.resolve(CHARTS))
        .list(Chart.readHead(chart).metadata().dependencies());
  }

  /**
   * Resolves a chart's dependencies anew, fetches them and locks them. A lock that says the same
   * already isn't touched. Where no dependency is left, the lock goes, and with it the archives of
   * the charts that it names.
   *
   * @throws InvalidChartException if it isn't a chart, or names something that can't be a
   *     repository; or a repository has another chart than it says
   * @throws NotFoundException if a chart, or a version that matches, doesn't exist
   * @throws InvalidContentException if a chart or an index is damaged, not safe or too large
   * @throws OciException if a repository can't be asked
   */
  public ResolvedDependencies update(Path chart) throws IOException {
    var head = Chart.readHead(chart);
    var wanted = DependencyRequest.by(head, repositories);
    if (wanted.fields().isEmpty()) {
      new Removal(chart).run(head.lock());
      return new ResolvedDependencies(Optional.empty(), List.of());
    }
    try (var crew = new TaskGroup(concurrency)) {
      var origins = new ChartSources(chart, repositories, cache);
      var choices = new ArrayList<Callable<String>>();
      for (var one : wanted.dependencies()) {
        var origin = origins.of(one);
        choices.add(() -> origin.choose(one));
      }
      var locked = wanted.locked(crew.invokeAll(choices));
      var lock = ChartLock.of(wanted.fields(), locked, OffsetDateTime.now(clock));
      var file = chart.resolve(isVersion1(head) ? ChartLock.OLD_FILE : ChartLock.FILE);
      var old = head.lock().filter(before -> before.digest().equals(lock.digest()));
      return old.isPresent()
          ? new ChartsDirUpdate(chart, old.get(), origins, options, crew).run(() -> {})
          : new ChartsDirUpdate(chart, lock, origins, options, crew)
              .run(() -> AtomicFile.write(file, out -> out.write(lock.toYaml())));
    }
  }

  /**
   * Fetches the versions that a chart's dependencies are locked to; without a lock it {@linkplain
   * #update updates}.
   *
   * @throws InvalidChartException if it isn't a chart, or its lock belongs to other dependencies
   * @throws NotFoundException if a version isn't there any more
   * @throws InvalidContentException if a chart or an index is damaged, not safe or too large
   * @throws OciException if a repository can't be asked
   */
  public ResolvedDependencies build(Path chart) throws IOException {
    var head = Chart.readHead(chart);
    var lock = head.lock();
    if (lock.isEmpty()) {
      return update(chart);
    }
    var wanted = DependencyRequest.by(head, repositories);
    if (!lock.get().answers(wanted.fields())
        && !(isVersion1(head) && lock.get().answersInHelm2(DependencyRequest.asWritten(head)))) {
      throw new InvalidChartException(
          chart + ": the lock is out of sync with the dependencies; update them");
    }
    try (var crew = new TaskGroup(concurrency)) {
      var origins = new ChartSources(chart, repositories, cache);
      return new ChartsDirUpdate(chart, lock.get(), origins, options, crew).run(() -> {});
    }
  }

  private static boolean isVersion1(Chart chart) {
    return chart.metadata().apiVersion().equals("v1");
  }
}
