package io.github.tugoci.copy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.Platform;
import java.io.IOException;
import java.util.stream.Collectors;

/** Finds the image for a platform in an index (image-spec, image-index.md). */
public final class PlatformChoice {
  private static final int MAX_DEPTH = 4;

  private PlatformChoice() {}

  /**
   * The manifest of the image for a platform.
   *
   * @param root an index, or a manifest, which is taken as it is
   * @throws NotFoundException if the index has no image for it; the message names those it has
   */
  public static Manifest choose(ContentSource source, Manifest root, Platform wanted)
      throws IOException {
    var manifest = root;
    for (int depth = 0; depth < MAX_DEPTH && manifest instanceof ImageIndex index; depth++) {
      manifest = source.manifest(find(source, index, wanted));
    }
    return manifest;
  }

  private static Descriptor find(ContentSource source, ImageIndex index, Platform wanted)
      throws NotFoundException {
    return index.manifests().stream()
        .filter(child -> child.platform() != null && child.platform().serves(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new NotFoundException(
                    "%s@%s has no image for %s, but for %s"
                        .formatted(source, index.bytes().digest(), wanted, platforms(index))));
  }

  private static String platforms(ImageIndex index) {
    var named =
        index.manifests().stream()
            .map(Descriptor::platform)
            .filter(platform -> platform != null && !platform.os().equals("unknown"))
            .map(Platform::toString)
            .distinct()
            .collect(Collectors.joining(", "));
    return named.isEmpty() ? "none" : named;
  }
}
