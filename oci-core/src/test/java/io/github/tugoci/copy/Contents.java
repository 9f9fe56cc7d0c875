package io.github.tugoci.copy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.content.RootTarget;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A store in memory that is filled with small images. */
final class Contents {
  static final MediaType LAYER = MediaType.OCI_LAYER;

  final MemoryStore store = new MemoryStore();

  Descriptor blob(MediaType type, String content) throws IOException {
    var bytes = Bytes.of(content);
    var descriptor = Descriptor.of(type, bytes);
    store.push(descriptor, Blob.of(bytes));
    return descriptor;
  }

  /** An image manifest that isn't in the store yet; its blobs are. */
  ImageManifest.Builder builder(String... layers) throws IOException {
    var builder = ImageManifest.builder(blob(MediaType.OCI_CONFIG, "{}"));
    for (var layer : layers) {
      builder.layer(blob(LAYER, layer));
    }
    return builder;
  }

  Descriptor image(String... layers) throws IOException {
    return put(builder(layers).build());
  }

  Descriptor index(Descriptor... children) throws IOException {
    return put(ImageIndex.of(List.of(children), Map.of()));
  }

  Descriptor put(Manifest manifest, String... tags) throws IOException {
    RootTarget.push(
        store,
        manifest.descriptor(),
        Blob.of(manifest.bytes()),
        Stream.of(tags).map(Tag::new).toList());
    return manifest.descriptor();
  }
}
