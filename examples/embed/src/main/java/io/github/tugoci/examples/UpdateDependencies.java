package io.github.tugoci.examples;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.dependency.ChartRepositories;
import io.github.tugoci.dependency.Dependencies;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Fetches what a chart needs, from registries and web servers, and locks it. */
public final class UpdateDependencies {
  private UpdateDependencies() {}

  /** Takes the chart's directory, and a directory for what was fetched before. */
  public static void main(String... args) throws IOException {
    try (var client = RegistryClient.anonymous()) {
      var dependencies = Dependencies.from(new Over(client), Path.of(args[1]));
      for (var entry : dependencies.update(Path.of(args[0])).dependencies()) {
        var chart = entry.dependency();
        System.out.println(chart.name() + " " + chart.version() + " is " + entry.path());
      }
    }
  }

  private record Over(RegistryClient client) implements ChartRepositories {
    @Override
    public ContentSource registry(Reference repository) {
      return client.repository(repository);
    }

    @Override
    public List<String> tags(Reference repository) throws IOException {
      return client.repository(repository).tags().list();
    }

    @Override
    public Bytes read(URI repository, URI file, int limit) throws IOException {
      return client.files(repository).read(file, limit);
    }
  }
}
