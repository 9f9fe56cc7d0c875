package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.RegistryOptions;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.dependency.ChartRepositories;
import io.github.tugoci.dependency.ChartRepository;
import io.github.tugoci.dependency.FetchedChart;
import io.github.tugoci.dependency.HelmRepositories;
import io.github.tugoci.dependency.RemoteChart;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.helm.ChartPullOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A chart on a web server.
 *
 * @param url its repository's, or its archive's
 * @param name its name in the repository; null if the URL is an archive's
 * @param helm what Helm knows of repositories: their passwords
 */
record WebCharts(String url, @Nullable String name, HelmRepositories helm) {
  private static final Pattern HOST = Pattern.compile("(?i)https?://([^/?#]+)");

  /**
   * Fetches it.
   *
   * @param wanted which version; without one, the newest
   */
  FetchedChart pull(
      CommandContext session,
      RegistryOptions options,
      VersionOptions wanted,
      Path directory,
      ChartPullOptions pull)
      throws IOException {
    if (name == null && wanted.version() != null) {
      throw new InvalidInputException(
          "--version can't be combined with the URL of an archive",
          "leave --version out, or name the repository with --repo");
    }
    var host = HOST.matcher(url);
    var hosts =
        host.lookingAt() ? List.of(host.group(1).toLowerCase(Locale.ROOT)) : List.<String>of();
    try (var connection = options.open(session, hosts, helm.keychain())) {
      var cache = session.environment().cacheDirectory().resolve("charts");
      return find(ChartRepositories.of(connection.client()), cache, wanted).pull(directory, pull);
    }
  }

  private RemoteChart find(ChartRepositories repositories, Path cache, VersionOptions wanted)
      throws IOException {
    ChartRepository repository;
    try {
      if (name == null) {
        return RemoteChart.at(url, repositories);
      }
      repository = ChartRepository.at(url, repositories, cache);
    } catch (InvalidContentException e) {
      throw InvalidInputException.of(e, null);
    }
    return repository.find(name, wanted.version(), wanted.devel());
  }
}
