package io.github.tugoci.dependency;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.helm.ChartPullOptions;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Optional;

/** One version of a chart that a web server or a chart repository offers. */
public sealed interface RemoteChart permits WebChart, RegistryChart {
  /** Where it is; a query, which can be a signature, is left out. */
  String reference();

  /**
   * Fetches it into {@code NAME-VERSION.tgz}, which is replaced, or into a directory {@code NAME},
   * which must not exist. After a failure nothing is left.
   *
   * @param directory the directory to write to; created if it doesn't exist
   * @throws NotFoundException if it doesn't exist, or has no provenance where that is wanted
   * @throws InvalidChartException if it isn't a chart
   * @throws InvalidContentException if it isn't what the index promises, is damaged, not safe to
   *     unpack or too large
   * @throws FileAlreadyExistsException if it is to be unpacked into a directory that is there
   */
  FetchedChart pull(Path directory, ChartPullOptions options) throws IOException;

  /**
   * A chart's archive on a web server. Nothing is sent.
   *
   * @param url {@code https://HOST/…/NAME-VERSION.tgz}
   * @throws InvalidContentException if it isn't an http or https URL, or holds a password
   */
  static RemoteChart at(String url, ChartRepositories repositories) throws InvalidContentException {
    var parsed = ChartUrl.web(url);
    return new WebChart(parsed, parsed, Optional.empty(), repositories, Optional.empty());
  }
}
