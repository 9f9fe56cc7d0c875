package io.github.tugoci.dependency;

import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartDependency;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.ChartVersions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.helm.Version;
import io.github.tugoci.reference.Reference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** {@code oci://HOST/PATH}: below the path, each chart has a repository of its name. */
record RegistryOrigin(ChartRepositories repositories, ChartCache cache) implements Origin {
  static final String SCHEME = "oci://";

  /** A version is taken as it is; only a constraint needs the list of tags. */
  @Override
  public String choose(ChartDependency wanted) throws IOException {
    if (Version.parse(wanted.version()).isPresent()) {
      return wanted.version();
    }
    var chart = reference(wanted);
    return ChartVersions.of(repositories.tags(chart)).choose(wanted.version(), false, chart).text();
  }

  @Override
  public Optional<ChartArchive> fetch(ChartDependency locked, Path directory) throws IOException {
    var store = cache.before(repositories.registry(reference(locked)));
    var pulled =
        Charts.pull(store, Version.toTag(locked.version()), directory, ChartPullOptions.defaults());
    return Optional.of(new ChartArchive(pulled.path(), pulled.metadata(), pulled.layer(), null));
  }

  private static Reference reference(ChartDependency chart) {
    return Reference.parse(chart.repository().replaceFirst("/+$", "") + "/" + chart.name());
  }
}
