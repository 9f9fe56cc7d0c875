package io.github.tugoci.cli.image;

import io.github.tugoci.cli.connect.Source;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.helm.ChartMedia;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.Platform;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** What is asked of images on their way. */
final class Images {
  private Images() {}

  /**
   * Reads an image's or an index's manifest.
   *
   * @throws InvalidInputException if it is a chart
   */
  static Manifest read(Source source) throws IOException {
    var manifest = source.store().manifest(source.selector());
    if (manifest instanceof ImageManifest image
        && image.config().mediaType().equals(ChartMedia.CONFIG)) {
      throw new InvalidInputException(
          source.name() + " is a Helm chart, not an image",
          "use \"tug chart pull\", or \"tug copy\" for whatever it is");
    }
    return manifest;
  }

  /** The platform of this machine, where an index has images for several. */
  static Optional<Platform> own(Manifest manifest) {
    boolean choice =
        manifest instanceof ImageIndex index
            && index.manifests().stream().anyMatch(child -> child.platform() != null);
    return choice ? Optional.of(thisMachine()) : Optional.empty();
  }

  /** Linux on this machine's processor. */
  static Platform thisMachine() {
    return Platform.parse("linux/" + architecture(System.getProperty("os.arch", "amd64")));
  }

  /** In GOARCH's words. */
  private static String architecture(String javas) {
    return switch (javas.toLowerCase(Locale.ROOT)) {
      case "x86_64", "amd64" -> "amd64";
      case "aarch64" -> "arm64";
      case "x86", "i386", "i686" -> "386";
      default -> javas;
    };
  }
}
