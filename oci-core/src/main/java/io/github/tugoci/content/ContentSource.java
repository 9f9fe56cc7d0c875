package io.github.tugoci.content;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Something that content can be read from. */
public interface ContentSource {
  /**
   * Finds what a tag or a digest names.
   *
   * @param reference a tag, or a digest as text
   * @throws NotFoundException if nothing has that name
   */
  Descriptor resolve(String reference) throws IOException;

  /**
   * Finds what a tag or a digest names with one look: it may be overlooked. For those to whom that
   * costs no more than doing again what is done.
   *
   * @param reference a tag, or a digest as text
   * @return empty if nothing was found
   */
  default Optional<Descriptor> peek(String reference) throws IOException {
    try {
      return Optional.of(resolve(reference));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Opens content; the caller closes it. Size and digest are checked while it is read: a read that
   * would reach the end of other content than was asked for fails with {@link
   * InvalidContentException}.
   *
   * @throws NotFoundException if it isn't there
   */
  InputStream fetch(Descriptor descriptor) throws IOException;

  /**
   * Reads the manifest that a tag or a digest names. A registry answers this with one request.
   *
   * @param reference a tag, or a digest as text
   * @throws NotFoundException if nothing has that name
   * @throws InvalidContentException if it is no manifest, or larger than {@link Manifest#MAX_SIZE}
   */
  default Manifest manifest(String reference) throws IOException {
    return manifest(resolve(reference));
  }

  /**
   * Reads a manifest.
   *
   * @throws NotFoundException if it isn't there
   * @throws InvalidContentException if it is no manifest, or larger than {@link Manifest#MAX_SIZE}
   */
  default Manifest manifest(Descriptor descriptor) throws IOException {
    return Manifest.parse(descriptor.mediaType(), read(descriptor, Manifest.MAX_SIZE));
  }

  /**
   * What refers to a manifest: signatures, attestations, attachments. A store that keeps no such
   * list has none.
   */
  default List<Descriptor> referrers(Descriptor subject) throws IOException {
    return List.of();
  }

  /**
   * The same for a caller who knows the tags: a registry that keeps no such list then isn't asked
   * for the tag that stands for it, if that isn't there.
   *
   * @param hasTag whether the source has a tag
   */
  default List<Descriptor> referrers(Descriptor subject, Predicate<String> hasTag)
      throws IOException {
    return referrers(subject);
  }

  /**
   * This source for a copy to a target. Where both are a registry's, one token is asked for that
   * serves reading here and writing there.
   */
  default ContentSource withPushScope(ContentTarget target) {
    return this;
  }

  /**
   * Whether it is on this machine: files or memory, so that to read a piece once more costs no
   * request.
   */
  default boolean isLocal() {
    return false;
  }

  /** All tags; none where there is nothing yet. */
  default List<String> listTags() throws IOException {
    return List.of();
  }

  /**
   * How many bytes a blob has of which only the digest is known (Docker's schema 1).
   *
   * @throws NotFoundException if it isn't there
   */
  default long size(Digest blob) throws IOException {
    return resolve(blob.toString()).size();
  }

  /**
   * Content as a body that can be opened several times. Where the store only passes on what another
   * has, that one is the body's {@link Blob#origin}.
   */
  default Blob blob(Descriptor descriptor) throws IOException {
    return Blob.of(this, descriptor);
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
    try (var in = fetch(descriptor)) {
      return Bytes.of(in.readAllBytes());
    }
  }
}
