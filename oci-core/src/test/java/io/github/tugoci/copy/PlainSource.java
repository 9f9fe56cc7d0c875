package io.github.tugoci.copy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.io.InputStream;

/** A store's content from a source that has no capability besides. */
record PlainSource(MemoryStore store) implements ContentSource {
  @Override
  public Descriptor resolve(Selector selector) throws IOException {
    return store.resolve(selector);
  }

  @Override
  public InputStream fetch(Descriptor descriptor) throws IOException {
    return store.fetch(descriptor);
  }

  @Override
  public String toString() {
    return "remote";
  }
}
