package io.github.tugoci.cli.image;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.client.Source;
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
          "not an image: %s is a Helm chart".formatted(source.name()),
          "use \"tug chart pull\", or \"tug copy\" for any content");
    }
    return root;
  }
}
