package io.github.tugoci.registry;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.transport.Response;
import java.io.IOException;
import java.util.Optional;

/**
 * A registry's answer to a request for a manifest, and whether to believe it.
 *
 * @param endpoint the repository
 * @param asked what was asked for
 * @param response the answer
 */
record ManifestAnswer(RepositoryContext endpoint, Selector asked, Response response) {
  private static final String DIGEST_HEADER = "Docker-Content-Digest";

  /** What the head of the answer says of the manifest; empty if that is too little. */
  Optional<Descriptor> descriptor() throws InvalidContentException {
    var digest = digestHeader(response).or(this::askedDigest);
    var mediaType = mediaType();
    long size = response.headers().first("Content-Length").map(ManifestAnswer::length).orElse(0L);
    if (digest.isEmpty() || mediaType.isEmpty() || size == 0) {
      return Optional.empty();
    }
    checkAsked(digest.get());
    return Optional.of(Descriptor.of(mediaType.get(), digest.get(), size));
  }

  /** A registry that answers a question by digest with another digest isn't to be believed. */
  private void checkAsked(Digest said) throws InvalidContentException {
    var digest = askedDigest();
    if (digest.isPresent()
        && digest.get().algorithm() == said.algorithm()
        && !digest.get().equals(said)) {
      throw new InvalidContentException(
          "%s was asked for, but the registry speaks of %s"
              .formatted(endpoint.describe(asked), said));
    }
  }

  /** The manifest in the body, which has the digest that was asked for and that the answer says. */
  Manifest manifest() throws IOException {
    var bytes = response.bytes();
    var type = mediaType();
    verify(type.isPresent() ? Manifest.digested(type.get(), bytes) : bytes);
    return type.isPresent() ? received(type.get(), bytes) : Manifest.parse(bytes);
  }

  /**
   * Some registries send text/plain, no type, or another manifest's type: the document says what it
   * is.
   */
  private Manifest received(MediaType claimed, Bytes bytes) throws InvalidContentException {
    var manifest = Manifest.received(claimed, bytes);
    if (!manifest.mediaType().equals(claimed)) {
      endpoint
          .transport()
          .warn(
              "%s came as %s, but by its own content is %s; the content counts"
                  .formatted(endpoint.describe(asked), claimed, manifest.mediaType()));
    }
    return manifest;
  }

  private void verify(Bytes bytes) throws InvalidContentException {
    var digest = askedDigest();
    if (digest.isPresent()) {
      checkDigest(endpoint.describe(asked), digest.get(), bytes);
    }
    var said = digestHeader(response);
    if (said.isPresent()) {
      checkDigest(endpoint.describe(asked), said.get(), bytes);
    }
  }

  /** The registry's mark of this state of a tag; empty if it can't be a condition. */
  Optional<String> entityTag() {
    return response.headers().first("ETag").filter(mark -> mark.startsWith("\""));
  }

  /** Checks that a pushed manifest was kept as what it is. */
  void checkKept(Digest pushed) throws InvalidContentException {
    var kept = otherDigest(response, pushed);
    if (kept.isPresent()) {
      throw new InvalidContentException(
          "%s was pushed as %s, but the registry kept %s"
              .formatted(endpoint.describe(asked), pushed, kept.get()));
    }
  }

  private Optional<MediaType> mediaType() {
    return response.contentType().filter(MediaType::isManifest);
  }

  private Optional<Digest> askedDigest() {
    return asked instanceof Digest digest ? Optional.of(digest) : Optional.empty();
  }

  static void checkDigest(String what, Digest expected, Bytes bytes)
      throws InvalidContentException {
    var actual = bytes.digest(expected.algorithm());
    if (!actual.equals(expected)) {
      throw new InvalidContentException(
          "%s should be %s, but what came is %s".formatted(what, expected, actual));
    }
  }

  /** What the registry says instead of a digest, by the same algorithm. */
  static Optional<Digest> otherDigest(Response response, Digest digest)
      throws InvalidContentException {
    return digestHeader(response)
        .filter(said -> said.algorithm() == digest.algorithm() && !said.equals(digest));
  }

  static Optional<Digest> digestHeader(Response response) throws InvalidContentException {
    var header = response.headers().first(DIGEST_HEADER);
    try {
      return header.map(Digest::parse);
    } catch (InvalidReferenceException e) {
      throw new InvalidContentException("the registry sent a malformed " + DIGEST_HEADER, e);
    }
  }

  static Long length(String header) {
    try {
      return Math.max(0, Long.parseLong(header.strip()));
    } catch (NumberFormatException e) {
      return 0L;
    }
  }
}
