package io.github.tugoci.dependency;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartDependency;
import io.github.tugoci.helm.ChartPullOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A dependency without a repository: a directory of its name in {@code charts}, which stays.
 *
 * @param charts that directory
 */
record BundledChartSource(Path charts) implements ChartSource {
  /** Helm locks the constraint as it is. */
  @Override
  public String choose(ChartDependency wanted) throws IOException {
    check(wanted);
    return wanted.version();
  }

  @Override
  public Optional<ChartArchive> fetch(
      ChartDependency locked, Path directory, ChartPullOptions options) throws IOException {
    check(locked);
    return Optional.empty();
  }

  private void check(ChartDependency wanted) throws IOException {
    var directory = charts.resolve(wanted.name());
    if (!Files.isDirectory(directory)) {
      throw new NotFoundException(
          "%s names no repository, and %s isn't there".formatted(wanted.name(), directory));
    }
    var found = DirectoryChartSource.checked(Chart.read(directory), wanted);
    if (!found.metadata().name().equals(wanted.name())) {
      throw new InvalidChartException(directory + " holds " + found.metadata().name());
    }
  }
}
