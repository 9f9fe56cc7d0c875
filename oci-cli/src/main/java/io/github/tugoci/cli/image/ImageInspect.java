package io.github.tugoci.cli.image;

import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.PlatformCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.client.Source;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.ImageConfig;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.ImageValidator;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
    name = "inspect",
    description = {
      "Show what an image, an index, a chart or another artifact consists of.",
      "As JSON, all have reference, digest, mediaType, size, kind (image, index or artifact),"
          + " artifactType, annotations, subject and totalSize; an index has manifests; the others"
          + " have layers and configMediaType, and an image has platform, created, author, config"
          + " and history. What isn't known is null; of an index's manifests, present tells whether"
          + " they are there."
    },
    footer = {
      "  tug image inspect ghcr.io/acme/app:1.0",
      "  tug image inspect ghcr.io/acme/app:1.0 --platform linux/arm64 --format json"
    })
public final class ImageInspect extends PlatformCommand {
  private static final int MAX_CONFIG = 4 << 20;

  @Override
  protected void run(CommandContext session, ClientSession connection, Source source)
      throws IOException {
    var inspected = inspect(source, root(source).manifest());
    session.print(inspected.json(), inspected.text());
  }

  private static Inspected inspect(Source source, Manifest manifest) throws IOException {
    if (manifest instanceof ImageManifest image) {
      return new InspectedImage(source.name(), image, config(source, image));
    }
    if (!(manifest instanceof ImageIndex index)) {
      throw new InvalidInputException(
          "%s is a Docker manifest of schema 1, which has no configuration"
              .formatted(source.name()),
          "see it as it is with \"tug manifest get " + source.name() + "\"");
    }
    var children = new HashMap<Digest, Manifest>();
    for (var child : index.manifests()) {
      if (child.mediaType().isManifest()) {
        try {
          children.put(child.digest(), source.store().manifest(child));
        } catch (NotFoundException e) {
          // an index may list images that aren't there; they are shown so
        }
      }
    }
    return new InspectedIndex(source.name(), index, children);
  }

  private static @Nullable ImageConfig config(Source source, ImageManifest image)
      throws IOException {
    if (!image.config().mediaType().isImageConfig()) {
      return null;
    }
    var bytes = source.store().read(image.config(), MAX_CONFIG);
    ImageValidator.check(image, bytes);
    return ImageConfig.parse(bytes);
  }
}
