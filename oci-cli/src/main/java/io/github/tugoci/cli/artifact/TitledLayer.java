package io.github.tugoci.cli.artifact;

import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;

/** A layer as a file. */
record TitledLayer(String title, MediaType mediaType, Digest digest, long size)
    implements JsonRecord {
  static TitledLayer of(Descriptor layer) {
    return of(layer.annotations().getOrDefault(Annotations.TITLE, ""), layer);
  }

  static TitledLayer of(String title, Descriptor layer) {
    return new TitledLayer(title, layer.mediaType(), layer.digest(), layer.size());
  }
}
