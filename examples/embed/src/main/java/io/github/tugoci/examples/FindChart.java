package io.github.tugoci.examples;

import io.github.tugoci.dependency.ChartRepositories;
import io.github.tugoci.dependency.ChartRepository;
import io.github.tugoci.dependency.HelmRepositories;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.ChartVersions;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Pulls a chart from a chart repository on the web that Helm knows by name: {@code FindChart
 * repositories.yaml stable shop ^1 charts}.
 */
public final class FindChart {
  private FindChart() {}

  /** Takes Helm's file, the repository's name, the chart, a constraint, and a directory. */
  public static void main(String... args) throws IOException {
    var helm = HelmRepositories.read(Path.of(args[0]));
    var url = helm.url(args[1]).orElseThrow();
    var directory = Path.of(args[4]);
    try (var client = RegistryClient.create(TransportOptions.defaults(), helm.keychain())) {
      var repository =
          ChartRepository.at(url, ChartRepositories.of(client), directory.resolve("cache"));
      var allowed =
          repository.versions(args[2]).allowedBy(ChartVersions.constraint(args[3], false));
      allowed.all().forEach(version -> System.out.println("version " + version));
      var chart =
          repository.find(args[2], args[3], false).pull(directory, ChartPullOptions.defaults());
      System.out.println("pulled " + chart.archive().path());
    }
  }
}
