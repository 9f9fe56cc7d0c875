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

  /** What has the image, to be copied from; the base's layers are still where the base is. */
  public ContentSource source() {
    return source;
  }

  /** Its manifest. */
  public ImageManifest manifest() {
    return manifest;
  }

  /** Its manifest, for a copy of it. */
  public Root root() {
    return Root.of(manifest);
  }

  /** Its configuration. */
  public ImageConfig config() {
    return config;
  }

  @Override
  public void close() throws IOException {
    scratch.close();
  }
}
