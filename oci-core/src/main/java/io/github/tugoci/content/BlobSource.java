package io.github.tugoci.content;

import io.github.tugoci.model.Descriptor;
import java.io.IOException;

/** A source that forwards content of other stores, and knows the store of each blob. */
public interface BlobSource {
  /** Content as a body that can be opened several times, with the {@link Blob#origin} it has. */
  Blob blob(Descriptor descriptor) throws IOException;

  /** Content of a source as a body that can be opened several times. */
  static Blob blob(ContentSource source, Descriptor descriptor) throws IOException {
    return source instanceof BlobSource passing
        ? passing.blob(descriptor)
        : Blob.of(source, descriptor);
  }
}
