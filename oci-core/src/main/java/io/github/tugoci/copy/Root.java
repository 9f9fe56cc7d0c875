package io.github.tugoci.copy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.LocalSource;
import io.github.tugoci.content.ScopedSource;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Selector;
import java.io.IOException;

/**
 * The manifest at which a copy begins. Every copy starts from one, so that all of them keep the
 * digest that the content was asked for by: a manifest's own bytes don't say whether SHA-256 or
 * SHA-512 names it.
 *
 * @param descriptor what names it, with the digest's algorithm as in the reference or in the
 *     source's index
 * @param manifest the manifest
 */
public record Root(Descriptor descriptor, Manifest manifest) {
  /** A manifest that was made here, which SHA-256 names. */
  public static Root of(Manifest manifest) {
    return new Root(manifest.descriptor(), manifest);
  }

  /**
   * Reads what a tag or a digest names; a registry answers this with one request.
   *
   * @throws NotFoundException if nothing has that name
   * @throws InvalidContentException if it is not a manifest, or not what its digest says
   */
  public static Root resolve(ContentSource source, Selector selector) throws IOException {
    return CopyErrors.onSource(source, () -> read(source, selector));
  }

  /**
   * Reads what a tag or a digest names, for a copy to a target. Where both are repositories of one
   * registry, the token that this takes serves the whole copy.
   *
   * @throws NotFoundException if nothing has that name
   * @throws InvalidContentException if it is not a manifest, or not what its digest says
   */
  public static Root resolve(ContentSource source, Selector selector, ContentTarget target)
      throws IOException {
    return CopyErrors.onSource(
        source, () -> read(ScopedSource.forPushTo(target, source), selector));
  }

  private static Root read(ContentSource source, Selector selector) throws IOException {
    if (selector instanceof Digest digest) {
      return named(digest, source.manifest(digest));
    }
    if (LocalSource.isLocal(source)) {
      // An index on this machine says by which digest it calls the content.
      var entry = source.resolve(selector);
      return named(entry.digest(), source.manifest(entry));
    }
    return of(source.manifest(selector));
  }

  private static Root named(Digest digest, Manifest manifest) {
    return new Root(Descriptor.of(manifest.mediaType(), digest, manifest.bytes().size()), manifest);
  }
}
