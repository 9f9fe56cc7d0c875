package io.github.tugoci.copy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Digest;
import java.io.IOException;

/**
 * The manifest at which a copy begins. Every copy starts from one, whoever asks for it, so that all
 * of them keep the digest that the content was asked for by: a manifest's own bytes don't say
 * whether SHA-256 or SHA-512 names it.
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
   * Reads what a reference names; a registry answers this with one request.
   *
   * @param reference a tag of the source, or a digest as text
   * @throws NotFoundException if nothing has that name
   * @throws InvalidContentException if it is not a manifest, or not what its digest says
   */
  public static Root resolve(ContentSource source, String reference) throws IOException {
    return CopyErrors.onSource(source, () -> read(source, reference));
  }

  /**
   * Reads what a reference names, for a copy to a target. Where both are repositories of one
   * registry, the token that this takes serves the whole copy.
   *
   * @param reference a tag of the source, or a digest as text
   * @throws NotFoundException if nothing has that name
   * @throws InvalidContentException if it is not a manifest, or not what its digest says
   */
  public static Root resolve(ContentSource source, String reference, ContentTarget target)
      throws IOException {
    return CopyErrors.onSource(source, () -> read(source.withPushScope(target), reference));
  }

  private static Root read(ContentSource source, String reference) throws IOException {
    if (Digest.isDigest(reference)) {
      var manifest = source.manifest(reference);
      return named(Digest.parse(reference), manifest);
    }
    if (source.isLocal()) {
      // An index on this machine says by which digest it calls the content.
      var entry = source.resolve(reference);
      return named(entry.digest(), source.manifest(entry));
    }
    return of(source.manifest(reference));
  }

  private static Root named(Digest digest, Manifest manifest) {
    return new Root(Descriptor.of(manifest.mediaType(), digest, manifest.bytes().size()), manifest);
  }
}
