package io.github.tugoci.examples;

import io.github.tugoci.dependency.ChartRepositories;
import io.github.tugoci.dependency.Dependencies;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;

/** Fetches what a chart needs, from registries and web servers, and locks it. */
public final class UpdateDependencies {
  private UpdateDependencies() {}

  /** Takes the chart's directory, and a directory for what was fetched before. */
  public static void main(String... args) throws IOException {
    try (var client = RegistryClient.anonymous()) {
      var dependencies = Dependencies.from(ChartRepositories.of(client), Path.of(args[1]));
      for (var entry : dependencies.update(Path.of(args[0])).dependencies()) {
        var chart = entry.dependency();
        System.out.println(chart.name() + " " + chart.version() + " is " + entry.path());
      }
    }
  }
}
