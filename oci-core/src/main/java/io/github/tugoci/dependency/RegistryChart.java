package io.github.tugoci.dependency;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A chart in a registry.
 *
 * @param chart its repository, with a tag or a digest
 * @param promised a digest that an index says: the archive's or the manifest's
 */
record RegistryChart(
    Reference chart, Optional<Digest> promised, ChartRepositories repositories, ChartCache cache)
    implements RemoteChart {
  @Override
  public String reference() {
    return chart.toString();
  }

  @Override
  public FetchedChart pull(Path directory, ChartPullOptions options) throws IOException {
    var store = cache.before(repositories.registry(chart));
    var pulled = Charts.pull(store, selector(store), directory, options);
    var archive =
        new ChartArchive(
            pulled.path(),
            pulled.metadata(),
            pulled.layer(),
            options.provenance() ? directory.resolve(pulled.metadata() + ".tgz.prov") : null);
    return new FetchedChart(reference(), archive, pulled.manifest().digest());
  }

  /** The digest, where it must be checked before anything is kept. */
  private Selector selector(ContentSource store) throws IOException {
    var selector = chart.selector().orElseThrow();
    if (promised.isEmpty()) {
      return selector;
    }
    var manifest = store.manifest(selector);
    var found = Descriptor.of(manifest.mediaType(), manifest.bytes()).digest();
    boolean kept =
        found.equals(promised.get())
            || (manifest instanceof ImageManifest image
                && image.layers().stream()
                    .anyMatch(layer -> layer.digest().equals(promised.get())));
    if (!kept) {
      throw new InvalidContentException(
          "%s is %s, and the index promises %s".formatted(reference(), found, promised.get()));
    }
    return found;
  }
}
