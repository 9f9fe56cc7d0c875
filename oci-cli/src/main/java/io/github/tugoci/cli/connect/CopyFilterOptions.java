package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.Output;
import io.github.tugoci.client.Source;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Location;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Option;

/** What of some content is copied, and over what. */
public final class CopyFilterOptions {
  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description = {
        "Select the image of an index for this platform. Repeated: these images, under a new index"
            + " with another digest."
      })
  private List<Platform> platforms = List.of();

  @Option(
      names = "--referrers",
      description =
          "Include referrers: signatures, attestations, attachments, cosign's and regctl's tags.")
  private boolean referrers;

  @Option(
      names = "--foreign-layers",
      description = "Include layers that may not be distributed, if the source has them.")
  private boolean foreignLayers;

  @Option(names = "--no-overwrite", description = "Refuse to move a tag that has other content.")
  private boolean noOverwrite;

  /** Whether tags may move, and files be replaced. */
  public boolean overwrite() {
    return !noOverwrite;
  }

  /** The platforms; none stands for all. */
  public List<Platform> platforms() {
    return platforms;
  }

  /**
   * How something is copied to a location. Where that takes one image and no index, it is this
   * machine's, unless another is chosen.
   */
  public CopyOptions.Builder options(
      ClientSession connection, Location target, Source source, Manifest root, Output output)
      throws IOException {
    var options = options(connection, target);
    return target.holdsOneImage() && platforms.isEmpty()
        ? options.platforms(
            CurrentPlatform.choose(
                source.store(), root, true, output, "--platform selects another"))
        : options;
  }

  /** How copies are made to a location. */
  public CopyOptions.Builder options(ClientSession connection, Location target) {
    return connection
        .copyOptions(target)
        .platforms(platforms)
        .referrers(referrers)
        .foreignLayers(foreignLayers)
        .overwrite(!noOverwrite);
  }
}
