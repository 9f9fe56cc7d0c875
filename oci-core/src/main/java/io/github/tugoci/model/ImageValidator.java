package io.github.tugoci.model;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.InvalidReferenceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the two descriptions of an image: the layers that its manifest names and the {@code
 * rootfs.diff_ids} of its configuration (image-spec, config.md). A runtime refuses an image of
 * which they differ, so such an image must not be published.
 *
 * <p>Only images are compared. An artifact may have a configuration that calls itself an image's
 * and says nothing about layers, or layers that no image has (attestations, signatures).
 */
public final class ImageValidator {
  private static final String LAYERS = "layers";

  private ImageValidator() {}

  /**
   * Whether a manifest is an image's as far as its types tell: an image's configuration and an
   * image's layers, and no other artifact type.
   */
  public static boolean isImage(ImageManifest manifest) {
    var type = manifest.artifactType();
    return manifest.config().mediaType().isImageConfig()
        && (type == null || type.isImageConfig())
        && manifest.layers().stream().allMatch(layer -> layer.mediaType().isImageLayer());
  }

  /**
   * Compares an image's manifest with its configuration.
   *
   * @param config the configuration's bytes
   * @throws InvalidContentException if they contradict each other
   */
  public static void check(ImageManifest manifest, Bytes config) throws InvalidContentException {
    diffIds(manifest, config);
  }

  /**
   * The digests of the uncompressed layers, one for each layer of the manifest; empty if the
   * configuration says nothing about layers, or isn't an image's.
   *
   * @param config the configuration's bytes
   * @throws InvalidContentException if manifest and configuration contradict each other
   */
  public static List<Digest> diffIds(ImageManifest manifest, Bytes config)
      throws InvalidContentException {
    var rootfs = isImage(manifest) ? rootfs(config) : Optional.<JsonObject>empty();
    if (rootfs.isEmpty()) {
      return List.of();
    }
    var texts = rootfs.get().strings("diff_ids");
    var image = "image " + manifest.descriptor().digest();
    if (texts.size() != manifest.layers().size()) {
      throw new InvalidContentException(
          "%s: the manifest lists %d layers, its config %s has %d diff_ids"
              .formatted(
                  image, manifest.layers().size(), manifest.config().digest(), texts.size()));
    }
    var diffIds = new ArrayList<Digest>();
    Map<Digest, Digest> known = new HashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      var diffId = digest(texts.get(i), image);
      var layer = manifest.layers().get(i).digest();
      var other = known.putIfAbsent(layer, diffId);
      if (other != null && !other.equals(diffId)) {
        throw new InvalidContentException(
            "%s: the configuration has two diff_ids for the layer %s: %s and %s"
                .formatted(image, layer, other, diffId));
      }
      diffIds.add(diffId);
    }
    return diffIds;
  }

  private static Digest digest(String text, String image) throws InvalidContentException {
    try {
      return Digest.parse(text);
    } catch (InvalidReferenceException e) {
      throw new InvalidContentException(
          image + ": invalid diff_id in the configuration: " + e.getMessage(), e);
    }
  }

  /**
   * What a configuration says about layers. One that isn't there, or that has no kind and no
   * digests, as Go writes it for "nothing said", says nothing.
   */
  private static Optional<JsonObject> rootfs(Bytes config) {
    try {
      var found = Json.parseObject(config.toArray(), "config").object("rootfs");
      if (found.isEmpty()) {
        return found;
      }
      boolean said =
          found.get().string("type").orElse("").equals(LAYERS)
              || !found.get().strings("diff_ids").isEmpty();
      return said ? found : Optional.empty();
    } catch (InvalidContentException e) {
      return Optional.empty(); // whatever it is, nobody can take it for an image's configuration
    }
  }
}
