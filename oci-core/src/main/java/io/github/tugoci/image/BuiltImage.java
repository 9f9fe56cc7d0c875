package io.github.tugoci.image;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.copy.Root;
import io.github.tugoci.file.ScratchDirectory;
import io.github.tugoci.model.ImageConfig;
import io.github.tugoci.model.ImageManifest;
import java.io.IOException;

/** A built image, to be copied; closing it deletes its layers' temporary files. */
public final class BuiltImage implements AutoCloseable {
  private final ContentSource source;
  private final ImageManifest manifest;
  private final ImageConfig config;
  private final ScratchDirectory scratch;

  BuiltImage(
      ContentSource source, ImageManifest manifest, ImageConfig config, ScratchDirectory scratch) {
    this.source = source;
    this.manifest = manifest;
    this.config = config;
    this.scratch = scratch;
  }

  /** The source to copy the image from; the base's layers are read from the base. */
  public ContentSource source() {
    return source;
  }

  /** The manifest. */
  public ImageManifest manifest() {
    return manifest;
  }

  /** The root of a copy. */
  public Root root() {
    return Root.of(manifest);
  }

  /** The config. */
  public ImageConfig config() {
    return config;
  }

  @Override
  public void close() throws IOException {
    scratch.close();
  }
}
