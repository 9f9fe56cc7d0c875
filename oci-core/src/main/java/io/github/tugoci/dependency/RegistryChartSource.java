package io.github.tugoci.dependency;

import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartDependency;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.ChartVersions;
import io.github.tugoci.helm.SemanticVersion;
import io.github.tugoci.reference.Reference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** {@code oci://HOST/PATH}: below the path, each chart has a repository of its name. */
record RegistryChartSource(ChartRepositories repositories, ChartCache cache)
    implements ChartSource {
  static final String SCHEME = "oci://";

  /** A version is taken as it is; only a constraint needs the list of tags. */
  @Override
  public String choose(ChartDependency wanted) throws IOException {
    if (SemanticVersion.parse(wanted.version()).isPresent()) {
      return wanted.version();
    }
    var chart = reference(wanted);
    return ChartVersions.of(repositories.tags(chart)).choose(wanted.version(), false, chart).text();
  }

  @Override
  public Optional<ChartArchive> fetch(
      ChartDependency locked, Path directory, ChartPullOptions options) throws IOException {
    var chart = reference(locked).withTag(SemanticVersion.toTag(locked.version()));
    return Optional.of(
        new RegistryChart(chart, Optional.empty(), repositories, cache)
            .pull(directory, options)
            .archive());
  }

  private static Reference reference(ChartDependency chart) {
    return Reference.parse(chart.repository().replaceFirst("/+$", "") + "/" + chart.name());
  }
}
