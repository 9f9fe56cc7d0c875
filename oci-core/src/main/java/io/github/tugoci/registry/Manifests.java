package io.github.tugoci.registry;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.VerifyingInputStream;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.transport.Request;
import io.github.tugoci.transport.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The manifests of a repository, by tag and by digest (distribution-spec, "Pulling manifests",
 * "Pushing manifests", "Deleting manifests").
 */
public final class Manifests {
  private static final String DIGEST_HEADER = "Docker-Content-Digest";
  private static final String MANIFESTS = "manifests";
  private static final List<MediaType> ACCEPTED =
      Stream.concat(
              MediaType.MANIFESTS.stream(),
              Stream.of(MediaType.DOCKER_SCHEMA_1_SIGNED, MediaType.DOCKER_SCHEMA_1))
          .toList();

  private final RepositoryContext endpoint;

  Manifests(RepositoryContext endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Looks a manifest up without reading it. Where the registry's answer says too little, and where
   * it refuses such a look-up or doesn't find what it may have, the manifest is read.
   *
   * @param reference a tag, or a digest as text
   * @return its descriptor; empty if it isn't there
   */
  public Optional<Descriptor> head(String reference) throws IOException {
    return head(reference, false);
  }

  /** The same; a 404 is believed at once where it may be wrong. */
  Optional<Descriptor> head(String reference, boolean believing) throws IOException {
    if (!endpoint.lacksHead(MANIFESTS)) {
      var request =
          endpoint
              .request("HEAD", "/manifests/" + reference)
              .accept(ACCEPTED)
              .scopes(endpoint.reading())
              .description(endpoint.describe(reference));
      try (var response = find(reference, request)) {
        var found = described(reference, response);
        if (found.isPresent()) {
          endpoint.noteHead(MANIFESTS, true);
          return found;
        }
      } catch (NotFoundException e) {
        if (believing || endpoint.knowsHead(MANIFESTS)) {
          return Optional.empty();
        }
      } catch (OciException e) {
        if (!Refusals.mayBeOfHead(e)) {
          throw e;
        }
      }
    }
    try {
      var found = get(reference).descriptor();
      endpoint.noteHead(MANIFESTS, false);
      return Optional.of(found);
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /** What the head of an answer says of a manifest; empty if that is too little. */
  private Optional<Descriptor> described(String reference, Response response)
      throws InvalidContentException {
    var digest = digestHeader(response).or(() -> asDigest(reference));
    var mediaType = response.contentType().filter(MediaType::isManifest);
    long size = response.headers().first("Content-Length").map(Manifests::length).orElse(0L);
    if (digest.isEmpty() || mediaType.isEmpty() || size == 0) {
      return Optional.empty();
    }
    checkAsked(reference, digest.get());
    return Optional.of(Descriptor.of(mediaType.get(), digest.get(), size));
  }

  /**
   * Reads a manifest with one request.
   *
   * @param reference a tag, or a digest as text
   * @throws NotFoundException if it isn't there
   * @throws InvalidContentException if it is no manifest, is larger than {@link Manifest#MAX_SIZE},
   *     or has another digest than was asked for or than the registry says
   */
  public Manifest get(String reference) throws IOException {
    return tagged(reference).manifest();
  }

  /**
   * A manifest and the registry's own mark of this state of its tag (RFC 9110, section 8.8.3).
   *
   * @param manifest the manifest
   * @param entityTag the mark; empty if there is none that could be a condition
   */
  record Tagged(Manifest manifest, Optional<String> entityTag) {}

  Tagged tagged(String reference) throws IOException {
    var request =
        endpoint
            .request("GET", "/manifests/" + reference)
            .accept(ACCEPTED)
            .scopes(endpoint.reading())
            .description(endpoint.describe(reference))
            .reads(Manifest.MAX_SIZE);
    try (var response = find(reference, request)) {
      var bytes = response.bytes();
      var type = response.contentType().filter(MediaType::isManifest);
      verify(reference, response, type.isPresent() ? Manifest.digested(type.get(), bytes) : bytes);
      var manifest = read(reference, type, bytes);
      var entityTag = response.headers().first("ETag").filter(tag -> tag.startsWith("\""));
      return new Tagged(manifest, entityTag);
    }
  }

  /**
   * Some registries send text/plain, no type, or another manifest's type: the document says what it
   * is.
   */
  private Manifest read(String reference, Optional<MediaType> claimed, Bytes bytes)
      throws InvalidContentException {
    if (claimed.isEmpty()) {
      return Manifest.parse(bytes);
    }
    var manifest = Manifest.received(claimed.get(), bytes);
    if (!manifest.mediaType().equals(claimed.get())) {
      endpoint
          .transport()
          .warn(
              "%s came as %s, but by its own content is %s; the content counts"
                  .formatted(endpoint.describe(reference), claimed.get(), manifest.mediaType()));
    }
    return manifest;
  }

  /**
   * Reads a manifest's bytes, of any type; size and digest are checked.
   *
   * @throws NotFoundException if it isn't there
   * @throws InvalidContentException if it is larger than {@link Manifest#MAX_SIZE}, or isn't what
   *     the descriptor says
   */
  public Bytes read(Descriptor descriptor) throws IOException {
    var accept = new ArrayList<>(ACCEPTED);
    if (!accept.contains(descriptor.mediaType())) {
      accept.add(descriptor.mediaType());
    }
    var request =
        endpoint
            .request("GET", "/manifests/" + descriptor.digest())
            .accept(accept)
            .scopes(endpoint.pull())
            .description(endpoint.describe(descriptor.digest().toString()))
            .reads(Manifest.MAX_SIZE);
    try (var response = find(descriptor.digest().toString(), request)) {
      var bytes = response.bytes();
      checkDigest(
          endpoint.describe(descriptor.digest().toString()),
          descriptor.digest(),
          Manifest.digested(descriptor.mediaType(), bytes));
      return bytes;
    }
  }

  /**
   * Writes a manifest. What it refers to must be there. Where it has a subject and the registry
   * keeps no referrers, the subject's fallback tag is updated too (distribution-spec, "Pushing
   * manifests with subject").
   *
   * @param manifest what the bytes are
   * @param body the bytes, as they are to be kept
   * @param reference the tag that they get, or their digest as text
   * @throws InvalidContentException if the body isn't what the descriptor says; nothing is sent
   *     then. Or if the registry says that it kept something else
   */
  public void put(Descriptor manifest, Blob body, String reference) throws IOException {
    put(manifest, body, reference, Map.of());
  }

  /** The same, under conditions. */
  void put(Descriptor manifest, Blob body, String reference, Map<String, String> conditions)
      throws IOException {
    if (!write(manifest, body, reference, conditions)) {
      new Referrers(endpoint).pushed(manifest, body);
    }
  }

  /**
   * Writes a manifest and nothing else: no list of referrers changes.
   *
   * @param conditions header fields under which it is written (RFC 9110, section 13.1)
   * @return whether the registry has a subject in its own list of referrers
   */
  boolean write(Descriptor manifest, Blob body, String reference, Map<String, String> conditions)
      throws IOException {
    // A registry can't refuse a wrong body that is put by tag: nothing tells it the digest.
    var checked = Blob.of(checked(manifest, body));
    var request =
        endpoint
            .request("PUT", "/manifests/" + reference)
            .body(checked, manifest.mediaType())
            .scopes(endpoint.push());
    conditions.forEach(request::header);
    boolean subjectKept;
    try (var response = new ReadAfterWriteRetry(endpoint, endpoint.describe()).send(request)) {
      var kept = digestHeader(response);
      if (kept.isPresent()
          && kept.get().algorithm() == manifest.digest().algorithm()
          && !kept.get().equals(manifest.digest())) {
        throw new InvalidContentException(
            "%s was pushed as %s, but the registry kept %s"
                .formatted(endpoint.describe(reference), manifest.digest(), kept.get()));
      }
      subjectKept = response.headers().first("OCI-Subject").isPresent();
    }
    endpoint.memory().writes().add(endpoint.describe(reference));
    endpoint.memory().writes().add(endpoint.describe(manifest.digest().toString()));
    if (subjectKept) {
      endpoint.learn(profile -> profile.withReferrersApi(true));
    }
    return subjectKept;
  }

  private Response find(String reference, Request.Builder request) throws IOException {
    return new ReadAfterWriteRetry(endpoint, endpoint.describe(reference)).send(request);
  }

  private static Bytes checked(Descriptor manifest, Blob body) throws IOException {
    if (manifest.mediaType().isDockerSchema1()) {
      try (var in = body.open()) {
        var bytes = Bytes.of(in.readNBytes(Manifest.MAX_SIZE));
        var digested = Manifest.digested(manifest.mediaType(), bytes);
        checkDigest("the manifest to push", manifest.digest(), digested);
        return bytes;
      }
    }
    try (var in = VerifyingInputStream.of(body.open(), manifest)) {
      return Bytes.of(in.readAllBytes());
    }
  }

  /**
   * Deletes a manifest with all its tags, or a tag alone. Where the manifest had a subject and the
   * registry keeps no referrers, it is taken out of the subject's fallback index too
   * (distribution-spec, "Deleting Manifests").
   *
   * @param reference a tag, or a digest as text
   * @throws NotFoundException if it isn't there
   * @throws RegistryException with status 400 or 405 if the registry doesn't delete that
   */
  public void delete(String reference) throws IOException {
    var digest = asDigest(reference);
    var subject = digest.isPresent() ? get(reference).subject() : null;
    remove(reference);
    if (subject != null) {
      new Referrers(endpoint).deleted(subject.digest(), digest.orElseThrow());
    }
  }

  /** Deletes what a reference names and looks at nothing else. */
  void remove(String reference) throws IOException {
    var request =
        endpoint
            .request("DELETE", "/manifests/" + reference)
            .scopes(endpoint.delete())
            .description(endpoint.describe(reference));
    endpoint.send(request).close();
    endpoint.memory().writes().remove(endpoint.describe(reference));
  }

  private void verify(String reference, Response response, Bytes bytes)
      throws InvalidContentException {
    var what = endpoint.describe(reference);
    var asked = asDigest(reference);
    if (asked.isPresent()) {
      checkDigest(what, asked.get(), bytes);
    }
    var said = digestHeader(response);
    if (said.isPresent()) {
      checkDigest(what, said.get(), bytes);
    }
  }

  private static void checkDigest(String what, Digest expected, Bytes bytes)
      throws InvalidContentException {
    var actual = bytes.digest(expected.algorithm());
    if (!actual.equals(expected)) {
      throw new InvalidContentException(
          "%s should be %s, but what came is %s".formatted(what, expected, actual));
    }
  }

  /** A registry that answers a question by digest with another digest isn't to be believed. */
  private void checkAsked(String reference, Digest said) throws InvalidContentException {
    var asked = asDigest(reference);
    if (asked.isPresent()
        && asked.get().algorithm() == said.algorithm()
        && !asked.get().equals(said)) {
      throw new InvalidContentException(
          "%s was asked for, but the registry speaks of %s"
              .formatted(endpoint.describe(reference), said));
    }
  }

  static Optional<Digest> digestHeader(Response response) throws InvalidContentException {
    var header = response.headers().first(DIGEST_HEADER);
    try {
      return header.map(Digest::parse);
    } catch (InvalidReferenceException e) {
      throw new InvalidContentException("the registry sent a malformed " + DIGEST_HEADER, e);
    }
  }

  private static Optional<Digest> asDigest(String reference) {
    return reference.indexOf(':') < 0 ? Optional.empty() : Optional.of(Digest.parse(reference));
  }

  static Long length(String header) {
    try {
      return Math.max(0, Long.parseLong(header.strip()));
    } catch (NumberFormatException e) {
      return 0L;
    }
  }
}
