package io.github.tugoci.content;

import io.github.tugoci.model.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** A source that can send the rest of content of which the beginning is known. */
public interface RangeSource {
  /**
   * Opens content behind its beginning; the caller closes it, and checks the whole.
   *
   * @param offset how many bytes are known, at least one and not all
   */
  InputStream fetch(Descriptor descriptor, long offset) throws IOException;

  /** All of the content, checked; a beginning that is at hand isn't asked for where possible. */
  static InputStream fetch(ContentSource source, Descriptor descriptor, Blob beginning)
      throws IOException {
    if (beginning.size() == descriptor.size()) {
      return new VerifyingInputStream(beginning.open(), descriptor);
    }
    return source instanceof RangeSource ranges && !descriptor.mediaType().isManifest()
        ? new VerifyingInputStream(
            new SequenceInputStream(beginning.open(), ranges.fetch(descriptor, beginning.size())),
            descriptor)
        : source.fetch(descriptor);
  }
}
