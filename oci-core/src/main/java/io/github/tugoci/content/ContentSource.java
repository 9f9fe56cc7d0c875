package io.github.tugoci.content;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.io.InputStream;

/**
 * A store that content can be read from. What some stores can do besides is in interfaces of its
 * own: {@link ReferrerSource}, {@link TagSource}, {@link BlobSizeSource}, {@link BlobSource},
 * {@link PeekSource}, {@link RangeSource}, {@link ScopedSource}, {@link LocalSource}. A store that
 * can't know something doesn't implement the interface, rather than answer "none".
 */
public interface ContentSource {
  /**
   * Finds what a tag or a digest names.
   *
   * @throws NotFoundException if nothing has that name
   */
  Descriptor resolve(Selector selector) throws IOException;

  /**
   * Opens content; the caller closes it. Size and digest are checked while it is read: a read that
   * would reach the end of other content than was asked for fails with {@link
   * InvalidContentException}.
   *
   * @throws NotFoundException if it doesn't exist
   */
  InputStream fetch(Descriptor descriptor) throws IOException;

  /**
   * Reads the manifest that a tag or a digest names. A registry answers this with one request.
   *
   * @throws NotFoundException if nothing has that name
   * @throws InvalidContentException if it is not a manifest, or larger than {@link
   *     Manifest#MAX_SIZE}
   */
  default Manifest manifest(Selector selector) throws IOException {
    return manifest(resolve(selector));
  }

  /**
   * Reads a manifest.
   *
   * @throws NotFoundException if it doesn't exist
   * @throws InvalidContentException if it is not a manifest, or larger than {@link
   *     Manifest#MAX_SIZE}
   */
  default Manifest manifest(Descriptor descriptor) throws IOException {
    return Manifest.parse(descriptor.mediaType(), read(descriptor, Manifest.MAX_SIZE));
  }

  /**
   * Reads small content whole.
   *
   * @param limit the most bytes that are read
   * @throws InvalidContentException if it is larger
   */
  default Bytes read(Descriptor descriptor, int limit) throws IOException {
    if (descriptor.size() > limit) {
      throw new InvalidContentException(
          "%s %s has %d bytes, over the limit of %d"
              .formatted(descriptor.mediaType(), descriptor.digest(), descriptor.size(), limit));
    }
    try (var in = VerifyingInputStream.of(fetch(descriptor), descriptor)) {
      return in.bytes();
    }
  }
}
