package io.github.tugoci.cli.image;

import io.github.tugoci.cli.connect.Source;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.copy.Root;
import io.github.tugoci.helm.ChartMedia;
import io.github.tugoci.model.ImageManifest;

/** What is asked of images on their way. */
final class Images {
  private Images() {}

  /**
   * Checks that a root is an image or an index.
   *
   * @throws InvalidInputException if it is a chart
   */
  static Root check(Source source, Root root) {
    if (root.manifest() instanceof ImageManifest image
        && image.config().mediaType().equals(ChartMedia.CONFIG)) {
      throw new InvalidInputException(
          source.name() + " is a Helm chart, not an image",
          "use \"tug chart pull\", or \"tug copy\" for whatever it is");
    }
    return root;
  }
}
