package io.github.tugoci.dependency;

import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartDependency;
import io.github.tugoci.helm.ChartPullOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** {@code https://HOST/PATH}: a chart repository with an index. */
record IndexedChartSource(ChartRepository repository) implements ChartSource {
  @Override
  public String choose(ChartDependency wanted) throws IOException {
    return repository.versions(wanted.name()).choose(wanted.version(), false, wanted.name()).text();
  }

  @Override
  public Optional<ChartArchive> fetch(
      ChartDependency locked, Path directory, ChartPullOptions options) throws IOException {
    var chart = repository.find(locked.name(), locked.version(), false);
    return Optional.of(chart.pull(directory, options).archive());
  }
}
