package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ChartLimitsOption;
import io.github.tugoci.cli.connect.RegistryOptions;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.dependency.ChartRepositories;
import io.github.tugoci.dependency.Dependencies;
import io.github.tugoci.helm.Chart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a chart's dependencies come from: registries, web servers, and what Helm knows. */
final class DependencySources {
  private static final Pattern HOST = Pattern.compile("(?i)(?:oci|https?)://([^/?#]+)");

  private DependencySources() {}

  interface Task<T> {
    T run(Dependencies dependencies) throws IOException;
  }

  /** Does something with a chart's dependencies, over connections that are closed afterwards. */
  static <T> T use(
      CommandContext session,
      RegistryOptions options,
      VerifyOptions verify,
      ChartLimitsOption limits,
      Path chart,
      Task<T> task)
      throws IOException {
    var check = verify.check(session);
    var helm = RepoOption.known(session.environment());
    var hosts =
        Chart.readHead(chart).metadata().dependencies().stream()
            .map(dependency -> HOST.matcher(dependency.repository()))
            .filter(Matcher::lookingAt)
            .map(found -> found.group(1))
            .toList();
    try (var connection = options.open(session, hosts, helm.keychain())) {
      connection.fetching();
      var sources =
          Dependencies.from(
                  ChartRepositories.of(connection.client()).withAliases(helm::url),
                  session.environment().cacheDirectory().resolve("charts"))
              .withConcurrency(options.concurrency())
              .withLimits(limits.limits());
      return task.run(check == null ? sources : sources.withCheck(check));
    }
  }
}
