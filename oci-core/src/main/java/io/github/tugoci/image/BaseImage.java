package io.github.tugoci.image;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.copy.PlatformSelector;
import io.github.tugoci.copy.Root;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.ImageConfig;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.ImageValidator;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.Platform;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An image that another is built on. Its layers stay where they are until a copy needs them. */
public final class BaseImage {
  private static final int MAX_CONFIG = 4 << 20;

  private final ContentSource source;
  private final ImageManifest manifest;
  private final ImageConfig config;
  private final @Nullable String name;

  private BaseImage(
      ContentSource source, ImageManifest manifest, ImageConfig config, @Nullable String name) {
    this.source = source;
    this.manifest = manifest;
    this.config = config;
    this.name = name;
  }

  /**
   * Reads an image's manifest and configuration.
   *
   * @param source where it is; it must stay open until the new image has been copied
   * @param root the image, or an index that has it
   * @param platform which of an index' images it is
   * @throws NotFoundException if the index has none for the platform
   * @throws InvalidContentException if it isn't an image that can be built on
   */
  public static BaseImage open(ContentSource source, Manifest root, Platform platform)
      throws IOException {
    var chosen = PlatformSelector.select(source, Root.of(root), platform).manifest();
    if (!(chosen instanceof ImageManifest manifest)
        || !manifest.config().mediaType().isImageConfig()) {
      throw new InvalidContentException("not an image: " + chosen.bytes().digest());
    }
    var bytes = source.read(manifest.config(), MAX_CONFIG);
    ImageValidator.check(manifest, bytes);
    var config = ImageConfig.parse(bytes);
    if (config.diffIds().size() != manifest.layers().size()) {
      throw new InvalidContentException(
          "%s has %d layers, but its configuration knows of %d"
              .formatted(
                  manifest.bytes().digest(), manifest.layers().size(), config.diffIds().size()));
    }
    return new BaseImage(source, manifest, config, null);
  }

  /**
   * The same image with a name, which images built on it tell ({@code
   * org.opencontainers.image.base.name}).
   */
  public BaseImage named(String newName) {
    return new BaseImage(source, manifest, config, newName);
  }

  /** The path. */
  public ContentSource source() {
    return source;
  }

  /** The manifest. */
  public ImageManifest manifest() {
    return manifest;
  }

  /** The config. */
  public ImageConfig config() {
    return config;
  }

  /** The name, if it has one. */
  public Optional<String> name() {
    return Optional.ofNullable(name);
  }
}
