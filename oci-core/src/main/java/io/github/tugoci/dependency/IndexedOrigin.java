package io.github.tugoci.dependency;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartDependency;
import io.github.tugoci.helm.ChartLimits;
import io.github.tugoci.helm.ChartMedia;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code https://HOST/PATH}: a web server with an {@code index.yaml}, which is read once. Archives
 * can be anywhere on the web, but nowhere else.
 */
final class IndexedOrigin implements Origin {
  /** The largest that are in use have some twenty mebibytes. */
  static final int MAX_INDEX = 32 << 20;

  private static final int MAX_ARCHIVE = Math.toIntExact(ChartLimits.HELM.totalSize());

  private final URI repository;
  private final ChartRepositories repositories;
  private final ChartCache cache;
  private @Nullable RepositoryIndex index;

  private IndexedOrigin(URI repository, ChartRepositories repositories, ChartCache cache) {
    this.repository = repository;
    this.repositories = repositories;
    this.cache = cache;
  }

  static IndexedOrigin at(String url, ChartRepositories repositories, ChartCache cache)
      throws InvalidContentException {
    return new IndexedOrigin(web(url), repositories, cache);
  }

  @Override
  public String choose(ChartDependency wanted) throws IOException {
    return index().choose(wanted.name(), wanted.version()).version().text();
  }

  @Override
  public Optional<ChartArchive> fetch(ChartDependency locked, Path directory) throws IOException {
    var entry = index().choose(locked.name(), locked.version());
    var url = resolve(entry.url());
    var archive =
        entry.digest().isPresent() ? cache.read(entry.digest().get(), () -> read(url)) : read(url);
    var metadata = Chart.read(archive.open(), ChartLimits.HELM, url.toString()).metadata();
    var file = Files.write(directory.resolve(metadata + ".tgz"), archive.toArray());
    var descriptor = Descriptor.of(ChartMedia.CONTENT, archive);
    return Optional.of(new ChartArchive(file, metadata, descriptor, null));
  }

  private Bytes read(URI archive) throws IOException {
    return repositories.read(repository, archive, MAX_ARCHIVE);
  }

  private synchronized RepositoryIndex index() throws IOException {
    if (index == null) {
      var url = resolve("index.yaml");
      index = RepositoryIndex.parse(repositories.read(repository, url, MAX_INDEX), url.toString());
    }
    return index;
  }

  /** A relative URL begins at the repository, whose query it takes over, as Helm does. */
  private URI resolve(String reference) throws InvalidContentException {
    var query = repository.getRawQuery();
    var base = repository.toString().replaceFirst("[?#].*", "").replaceFirst("/*$", "/");
    try {
      var relative = URI.create(reference);
      var url = URI.create(base).resolve(relative).toString();
      return web(query == null || relative.isAbsolute() ? url : url + "?" + query);
    } catch (IllegalArgumentException e) {
      throw new InvalidContentException(repository + " has an index with a malformed URL", e);
    }
  }

  /** What leads elsewhere than to the web, to a file for instance, is refused. */
  private static URI web(String text) throws InvalidContentException {
    var shown = text.replaceFirst("//[^/]*@", "//…@");
    var url = text.matches("https?://.*") ? parse(text) : null;
    if (url == null || url.getHost() == null) {
      throw new InvalidContentException(shown + " is no URL on the web; refused");
    }
    if (url.getRawUserInfo() != null) {
      throw new InvalidContentException(
          shown + " has a password in it; store it with the other credentials");
    }
    return url;
  }

  private static @Nullable URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
