package io.github.tugoci.embedded;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.DockerSchema1Manifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Serves, receives and deletes manifests (distribution-spec, "Pulling manifests", "Pushing
 * Manifests", "Deleting tags" and "Deleting Manifests").
 */
final class ManifestHandler {
  private static final int MAX_TAGS = 100;

  private final Storage storage;
  private final int limit;
  private final boolean referrers;

  ManifestHandler(Storage storage, EmbeddedRegistryOptions options) {
    this.storage = storage;
    this.limit = options.limits().manifestSize();
    this.referrers = options.referrers();
  }

  HttpResponse answer(HttpRequest request, RepositoryName name, String reference)
      throws IOException, HttpError {
    if (request.method().equals("PUT")) {
      return put(request, name, reference);
    }
    var repository = storage.find(name).orElseThrow(ManifestHandler::unknown);
    return request.method().equals("DELETE")
        ? delete(request, repository, reference)
        : get(request, repository, reference);
  }

  private static HttpResponse get(
      HttpRequest request, HostedRepository repository, String reference)
      throws IOException, HttpError {
    var descriptor = repository.manifest(reference);
    var content = descriptor == null ? null : repository.content(descriptor.digest());
    if (descriptor == null || content == null) {
      throw unknown();
    }
    var digest = descriptor.digest();
    Preconditions.requireCurrent(request, digest);
    var response =
        Preconditions.isKnown(request, digest)
            ? HttpResponse.status(304)
            : HttpResponse.status(200).body(descriptor.mediaType().value(), content);
    return response
        .header("Docker-Content-Digest", digest.toString())
        .header("ETag", Preconditions.entityTag(digest));
  }

  private static HttpResponse delete(
      HttpRequest request, HostedRepository repository, String reference)
      throws IOException, HttpError {
    boolean deleted;
    if (Digest.isDigest(reference)) {
      var digest = Router.digest(reference);
      Preconditions.requireCurrent(request, digest);
      deleted = repository.deleteManifest(digest);
    } else {
      deleted =
          repository.deleteTag(
              reference, current -> Preconditions.requireCurrent(request, digestOf(current)));
    }
    if (!deleted) {
      throw unknown();
    }
    return HttpResponse.status(202);
  }

  private static @Nullable Digest digestOf(@Nullable Descriptor current) {
    return current == null ? null : current.digest();
  }

  private HttpResponse put(HttpRequest request, RepositoryName name, String reference)
      throws IOException, HttpError {
    var tags = tags(request, reference);
    var bytes = body(request.body());
    var digest = digest(request, reference, bytes);
    var manifest = parse(request, bytes);
    storage
        .create(name)
        .putManifest(
            manifest,
            digest,
            tags,
            reference,
            current -> Preconditions.requireMatch(request, digestOf(current)));
    var response =
        HttpResponse.status(201)
            .header("Location", "/v2/" + name + "/manifests/" + digest)
            .header("Docker-Content-Digest", digest.toString());
    if (manifest.subject() != null && referrers) {
      response.header("OCI-Subject", manifest.subject().digest().toString());
    }
    if (request.query().containsKey("tag")) {
      response.header("OCI-Tag", String.join(", ", tags));
    }
    return response;
  }

  /** The tag in the path and those in the query, which a push by digest may have. */
  private static List<String> tags(HttpRequest request, String reference) throws HttpError {
    var tags = new ArrayList<>(request.parameters("tag"));
    if (tags.size() > MAX_TAGS) {
      throw new HttpError(414, ErrorCode.MANIFEST_INVALID, "more than " + MAX_TAGS + " tags");
    }
    if (!Digest.isDigest(reference)) {
      tags.add(0, reference);
    }
    for (var tag : tags) {
      if (!Reference.isTag(tag)) {
        throw new HttpError(
            400, ErrorCode.MANIFEST_INVALID, "a tag breaks the grammar of the distribution-spec");
      }
    }
    return tags;
  }

  private Bytes body(RequestBody body) throws IOException, HttpError {
    var bytes = body.length() > limit ? new byte[0] : body.readNBytes(limit + 1);
    if (body.length() > limit || bytes.length > limit) {
      throw new HttpError(
          413, ErrorCode.SIZE_INVALID, "manifest too large: over the limit of " + limit + " bytes");
    }
    return Bytes.of(bytes);
  }

  /** The digest that the client gives and that must be right, or else the canonical one. */
  private static Digest digest(HttpRequest request, String reference, Bytes bytes)
      throws HttpError {
    var given = Digest.isDigest(reference) ? reference : request.parameter("digest").orElse(null);
    if (given == null) {
      return bytes.digest();
    }
    var digest = Router.digest(given);
    if (!bytes.digest(digest.algorithm()).equals(digest)) {
      throw new HttpError(400, ErrorCode.DIGEST_INVALID, "the manifest has another digest");
    }
    return digest;
  }

  private static Manifest parse(HttpRequest request, Bytes bytes) throws HttpError {
    Manifest manifest;
    try {
      var type = request.header("Content-Type");
      manifest =
          type.isPresent()
              ? Manifest.parse(MediaType.parse(type.get()), bytes)
              : Manifest.parse(bytes);
    } catch (InvalidContentException | IllegalArgumentException e) {
      throw new HttpError(400, ErrorCode.MANIFEST_INVALID, String.valueOf(e.getMessage()));
    }
    if (manifest instanceof DockerSchema1Manifest) {
      throw new HttpError(
          400, ErrorCode.MANIFEST_INVALID, "manifests of schema 1 are not supported");
    }
    return manifest;
  }

  private static HttpError unknown() {
    return new HttpError(404, ErrorCode.MANIFEST_UNKNOWN, "manifest unknown to repository");
  }
}
