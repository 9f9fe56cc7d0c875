package io.github.tugoci.dependency;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.InvalidVersionException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.helm.ChartVersions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chart repository: {@code https://HOST/PATH} with an {@code index.yaml}, which is read once. The
 * archives can be on any web server and in any registry, but nowhere else.
 */
public final class ChartRepository {
  /** The largest that are in use have some twenty mebibytes. */
  static final int MAX_INDEX = 32 << 20;

  private final URI url;
  private final ChartRepositories repositories;
  private final ChartCache cache;
  private @Nullable ChartRepositoryIndex index;

  private ChartRepository(URI url, ChartRepositories repositories, ChartCache cache) {
    this.url = url;
    this.repositories = repositories;
    this.cache = cache;
  }

  /**
   * A repository. Nothing is sent.
   *
   * @param cache a directory for archives, as {@link Dependencies#from} has it
   * @throws InvalidContentException if it isn't an http or https URL, or holds a password
   */
  public static ChartRepository at(String url, ChartRepositories repositories, Path cache)
      throws InvalidContentException {
    return at(url, repositories, new ChartCache(cache));
  }

  static ChartRepository at(String url, ChartRepositories repositories, ChartCache cache)
      throws InvalidContentException {
    return new ChartRepository(ChartUrl.web(url), repositories, cache);
  }

  /**
   * The versions of a chart, the newest first.
   *
   * @throws NotFoundException if the chart doesn't exist
   * @throws InvalidContentException if the index is damaged or too large
   */
  public ChartVersions versions(String chart) throws IOException {
    return index().versions(chart);
  }

  /**
   * Finds a chart.
   *
   * @param version a version or a constraint; null for any
   * @param prereleases whether it may be a prerelease where no version is given
   * @throws InvalidVersionException if the version is neither
   * @throws NotFoundException if the chart or version doesn't exist
   * @throws InvalidContentException if the index is damaged or too large, or has a URL that leads
   *     elsewhere than to the web or a registry
   */
  public RemoteChart find(String chart, @Nullable String version, boolean prereleases)
      throws IOException {
    var entry = index().choose(chart, version, prereleases);
    if (ChartUrl.isRegistry(entry.url())) {
      var reference = ChartUrl.registry(entry.url(), entry.version());
      return new RegistryChart(reference, entry.digest(), repositories, cache);
    }
    var archive = ChartUrl.resolve(url, entry.url());
    return new WebChart(url, archive, entry.digest(), repositories, Optional.of(cache));
  }

  private synchronized ChartRepositoryIndex index() throws IOException {
    if (index == null) {
      var file = ChartUrl.resolve(url, "index.yaml");
      index =
          ChartRepositoryIndex.parse(repositories.read(url, file, MAX_INDEX), ChartUrl.shown(file));
    }
    return index;
  }
}
