package io.github.tugoci.cli.image;

import io.github.tugoci.cli.connect.Source;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.helm.ChartMedia;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import java.io.IOException;

/** What is asked of images on their way. */
final class Images {
  private Images() {}

  /**
   * Reads an image's or an index's manifest.
   *
   * @throws InvalidInputException if it is a chart
   */
  static Manifest read(Source source) throws IOException {
    return check(source, source.store().manifest(source.selector()));
  }

  private static Manifest check(Source source, Manifest manifest) {
    if (manifest instanceof ImageManifest image
        && image.config().mediaType().equals(ChartMedia.CONFIG)) {
      throw new InvalidInputException(
          source.name() + " is a Helm chart, not an image",
          "use \"tug chart pull\", or \"tug copy\" for whatever it is");
    }
    return manifest;
  }
}
