package io.github.tugoci.content;

import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.reference.Digest;
import java.io.IOException;

/** A source that knows a blob's size by its digest alone, as Docker's schema 1 needs it. */
public interface BlobSizeSource {
  /**
   * The size of a blob in bytes.
   *
   * @throws NotFoundException if it doesn't exist
   */
  long size(Digest blob) throws IOException;
}
