package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.HelmRepositories;
import io.github.tugoci.cli.shell.Session;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.dependency.ChartRepositories;
import io.github.tugoci.dependency.Dependencies;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a chart's dependencies come from: registries, web servers, and what Helm knows. */
record DependencySources(RegistryClient client, HelmRepositories helm)
    implements ChartRepositories {
  private static final Pattern HOST = Pattern.compile("(?:oci|https?)://([^/?#]+)");

  /** What is done with them. */
  interface Task<T> {
    T run(Dependencies dependencies) throws IOException;
  }

  /** Does something with a chart's dependencies, over connections that are closed afterwards. */
  static <T> T use(Session session, ConnectionOptions options, Path chart, Task<T> task)
      throws IOException {
    var helm = HelmRepositories.read(session.environment());
    var hosts =
        Chart.readHead(chart).metadata().dependencies().stream()
            .map(dependency -> HOST.matcher(dependency.repository()))
            .filter(Matcher::lookingAt)
            .map(found -> found.group(1))
            .toList();
    try (var connection = options.open(session, hosts, helm.keychain())) {
      return task.run(
          Dependencies.from(
                  new DependencySources(connection.client(), helm),
                  session.environment().cacheDirectory().resolve("charts"))
              .withConcurrency(options.concurrency()));
    }
  }

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

  @Override
  public Optional<String> url(String alias) {
    return helm.url(alias);
  }
}
