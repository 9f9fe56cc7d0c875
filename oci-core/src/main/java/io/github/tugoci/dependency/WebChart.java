package io.github.tugoci.dependency;

import io.github.tugoci.helm.ChartLimits;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A chart's archive on a web server.
 *
 * @param site the server whose credential may be used: it goes to no other
 * @param url the archive, on that server or on another
 * @param promised the archive's digest, if an index says it
 * @param cache where archives are kept, if they are
 */
record WebChart(
    URI site,
    URI url,
    Optional<Digest> promised,
    ChartRepositories repositories,
    Optional<ChartCache> cache)
    implements RemoteChart {
  @Override
  public String reference() {
    return ChartUrl.shown(url);
  }

  @Override
  public FetchedChart pull(Path directory, ChartPullOptions options) throws IOException {
    int limit = (int) Math.min(options.limits().totalSize(), Integer.MAX_VALUE);
    var archive =
        promised.isPresent() && cache.isPresent()
            ? cache.get().read(promised.get(), () -> read(url, limit))
            : read(url, limit);
    var provenance =
        options.provenance()
            ? read(ChartUrl.beside(url, ".prov"), ChartLimits.MAX_PROVENANCE)
            : null;
    var kept = Charts.keep(archive, provenance, reference(), directory, options);
    return new FetchedChart(reference(), kept, kept.descriptor().digest());
  }

  private Bytes read(URI file, int limit) throws IOException {
    return repositories.read(site, file, limit);
  }
}
