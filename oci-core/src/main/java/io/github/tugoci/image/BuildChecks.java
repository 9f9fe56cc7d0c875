package io.github.tugoci.image;

import io.github.tugoci.error.InvalidLayerException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.model.Platform;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses layers and bases that no runtime can use. */
final class BuildChecks {
  private static final String WINDOWS = "windows";

  /** Layers that are tars, on which another tar can be put; others may have to be the last. */
  private static final Set<MediaType> TARS =
      Set.of(
          MediaType.OCI_LAYER,
          MediaType.OCI_LAYER_GZIP,
          MediaType.OCI_LAYER_ZSTD,
          MediaType.DOCKER_LAYER,
          MediaType.DOCKER_LAYER_GZIP,
          new MediaType("application/vnd.docker.image.rootfs.diff.tar.zstd"));

  private BuildChecks() {}

  /**
   * Checks the layers and the base of an image.
   *
   * @throws InvalidLayerException if they don't make one
   */
  static void check(Platform platform, @Nullable BaseImage base, List<Layer> layers)
      throws IOException {
    if (isWindows(platform)) {
      for (var layer : layers) {
        if (!layer.isForWindows()) {
          throw new InvalidLayerException(
              "invalid layer %s of an image for %s: Windows finds files only below Files/ (give a"
                      .formatted(layer, platform)
                  + " tar that has Files/ and Hives/)",
              null);
        }
      }
    }
    if (base != null) {
      for (var layer : base.manifest().layers()) {
        check(base, layer);
      }
    }
  }

  /** Only Windows has versions like 10.0.17763.1: a base that names no system can tell by them. */
  private static boolean isWindows(Platform platform) {
    var version = platform.osVersion();
    return platform.os().equalsIgnoreCase(WINDOWS)
        || (Set.of("", "unknown").contains(platform.os())
            && version != null
            && version.startsWith("10.0."));
  }

  private static void check(BaseImage base, Descriptor layer) throws InvalidLayerException {
    if (!TARS.contains(layer.mediaType()) && !layer.mediaType().isForeignLayer()) {
      throw new InvalidLayerException(
          "cannot add layers to base %s: layer %s has the unknown type %s"
              .formatted(base.manifest().descriptor().digest(), layer.digest(), layer.mediaType()),
          null);
    }
  }
}
