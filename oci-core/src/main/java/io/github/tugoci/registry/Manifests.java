package io.github.tugoci.registry;

import io.github.tugoci.content.Blob;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Selector;
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
  private static final String MANIFESTS = "manifests";

  /** More than any registry takes; what is pushed is in memory. */
  private static final int MAX_PUSHED = 64 << 20;

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
   * @param selector a tag or a digest
   * @return its descriptor; empty if it isn't there
   */
  public Optional<Descriptor> head(Selector selector) throws IOException {
    return head(selector, false);
  }

  /** The same; a 404 is believed at once where it may be wrong. */
  Optional<Descriptor> head(Selector selector, boolean believing) throws IOException {
    if (!endpoint.lacksHead(MANIFESTS)) {
      var request =
          endpoint
              .request("HEAD", endpoint.manifestPath(selector))
              .accept(ACCEPTED)
              .scopes(endpoint.reading())
              .description(endpoint.describe(selector));
      try (var response = find(selector, request)) {
        var found = new ManifestAnswer(endpoint, selector, response).descriptor();
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
      var found = get(selector).descriptor();
      endpoint.noteHead(MANIFESTS, false);
      return Optional.of(found);
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads a manifest with one request.
   *
   * @param selector a tag or a digest
   * @throws NotFoundException if it isn't there
   * @throws InvalidContentException if it isn't a manifest, is larger than {@link
   *     Manifest#MAX_SIZE}, or has another digest than was asked for or than the registry says
   */
  public Manifest get(Selector selector) throws IOException {
    return tagged(selector).manifest();
  }

  /**
   * A manifest and the registry's own mark of this state of its tag (RFC 9110, section 8.8.3).
   *
   * @param manifest the manifest
   * @param entityTag the mark; empty if there is none that could be a condition
   */
  record Tagged(Manifest manifest, Optional<String> entityTag) {}

  Tagged tagged(Selector selector) throws IOException {
    var request =
        endpoint
            .request("GET", endpoint.manifestPath(selector))
            .accept(ACCEPTED)
            .scopes(endpoint.reading())
            .description(endpoint.describe(selector))
            .reads(Manifest.MAX_SIZE);
    try (var response = find(selector, request)) {
      var answer = new ManifestAnswer(endpoint, selector, response);
      return new Tagged(answer.manifest(), answer.entityTag());
    }
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
            .request("GET", endpoint.manifestPath(descriptor.digest()))
            .accept(accept)
            .scopes(endpoint.pull())
            .description(endpoint.describe(descriptor.digest()))
            .reads(Manifest.MAX_SIZE);
    try (var response = find(descriptor.digest(), request)) {
      var bytes = response.bytes();
      ManifestAnswer.checkDigest(
          endpoint.describe(descriptor.digest()),
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
   * @param selector the tag that they get, or their digest
   * @throws InvalidContentException if the body isn't what the descriptor says; nothing is sent
   *     then. Or if the registry says that it kept something else
   */
  public void put(Descriptor manifest, Blob body, Selector selector) throws IOException {
    put(manifest, body, selector, Map.of());
  }

  /** The same, under conditions. */
  void put(Descriptor manifest, Blob body, Selector selector, Map<String, String> conditions)
      throws IOException {
    var bytes = checked(manifest, body);
    if (!write(manifest, bytes, selector, conditions)) {
      new Referrers(endpoint).pushed(manifest, bytes);
    }
  }

  /**
   * Writes a manifest and nothing else: no list of referrers changes.
   *
   * @param bytes what it is, checked: a registry can't refuse a wrong body that is put by tag, as
   *     nothing tells it the digest
   * @param conditions header fields under which it is written (RFC 9110, section 13.1)
   * @return whether the registry has a subject in its own list of referrers
   */
  boolean write(Descriptor manifest, Bytes bytes, Selector selector, Map<String, String> conditions)
      throws IOException {
    var request =
        endpoint
            .request("PUT", endpoint.manifestPath(selector))
            .body(Blob.of(bytes), manifest.mediaType())
            .scopes(endpoint.push());
    conditions.forEach(request::header);
    boolean subjectKept;
    try (var response = new ReadAfterWriteRetry(endpoint, endpoint.describe()).send(request)) {
      new ManifestAnswer(endpoint, selector, response).checkKept(manifest.digest());
      subjectKept = response.headers().first("OCI-Subject").isPresent();
    }
    endpoint.memory().writes().add(endpoint.describe(selector));
    endpoint.memory().writes().add(endpoint.describe(manifest.digest()));
    if (subjectKept) {
      endpoint.learn(profile -> profile.withReferrersApi(true));
    }
    return subjectKept;
  }

  private Response find(Selector selector, Request.Builder request) throws IOException {
    return new ReadAfterWriteRetry(endpoint, endpoint.describe(selector)).send(request);
  }

  private static Bytes checked(Descriptor manifest, Blob body) throws IOException {
    boolean signed = manifest.mediaType().isDockerSchema1();
    if (!signed && body.size() != manifest.size()) {
      throw new InvalidContentException(
          "the manifest to push has %d bytes instead of %d"
              .formatted(body.size(), manifest.size()));
    }
    var bytes = body.read((int) Math.min(body.size(), MAX_PUSHED));
    var digested = Manifest.digested(manifest.mediaType(), bytes);
    ManifestAnswer.checkDigest("the manifest to push", manifest.digest(), digested);
    return bytes;
  }

  /**
   * Deletes a manifest with all its tags, or a tag alone. Where the manifest had a subject and the
   * registry keeps no referrers, it is taken out of the subject's fallback index too
   * (distribution-spec, "Deleting Manifests").
   *
   * @param selector a tag or a digest
   * @throws NotFoundException if it isn't there
   * @throws RegistryException with status 400 or 405 if the registry doesn't delete that
   */
  public void delete(Selector selector) throws IOException {
    if (!(selector instanceof Digest digest)) {
      remove(selector);
      return;
    }
    var subject = get(digest).subject();
    remove(digest);
    if (subject != null) {
      new Referrers(endpoint).deleted(subject.digest(), digest);
    }
  }

  /** Deletes what a selector names and looks at nothing else. */
  void remove(Selector selector) throws IOException {
    var request =
        endpoint
            .request("DELETE", endpoint.manifestPath(selector))
            .scopes(endpoint.delete())
            .description(endpoint.describe(selector));
    endpoint.send(request).close();
    endpoint.memory().writes().remove(endpoint.describe(selector));
  }
}
