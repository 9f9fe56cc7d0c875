package io.github.tugoci.registry;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.content.VerifyingInputStream;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The blobs of a repository (distribution-spec, "Pulling blobs", "Pushing blobs", "Deleting
 * blobs").
 */
public final class Blobs {
  private static final String BLOBS = "blobs";

  private final RepositoryContext endpoint;

  Blobs(RepositoryContext endpoint) {
    this.endpoint = endpoint;
  }

  /** Whether a blob is there. */
  public boolean exists(Digest digest) throws IOException {
    return head(digest).isPresent();
  }

  /** Whether one look finds a blob; where the registry refuses it, the blob counts as absent. */
  boolean isSeen(Digest digest) throws IOException {
    try {
      return lookUp("HEAD", digest).isPresent();
    } catch (OciException e) {
      if (!Refusals.mayBeOfHead(e)) {
        throw e;
      }
      return false;
    }
  }

  /**
   * Looks a blob up without reading it. Where the registry refuses HEAD, or doesn't find with it
   * what it may have, a GET is begun.
   *
   * @return its descriptor, as bytes without a known meaning; 0 bytes where the registry doesn't
   *     say how many it has; empty if it isn't there
   */
  public Optional<Descriptor> head(Digest digest) throws IOException {
    if (!endpoint.lacksHead(BLOBS)) {
      try {
        var found = lookUp("HEAD", digest);
        if (found.isPresent()) {
          endpoint.noteHead(BLOBS, true);
        }
        if (found.isPresent() || endpoint.knowsHead(BLOBS)) {
          return found;
        }
      } catch (OciException e) {
        if (!Refusals.mayBeOfHead(e)) {
          throw e;
        }
      }
    }
    var found = lookUp("GET", digest);
    if (found.isPresent()) {
      endpoint.noteHead(BLOBS, false);
    }
    return found;
  }

  private Optional<Descriptor> lookUp(String method, Digest digest) throws IOException {
    var request =
        endpoint.request(method, "/blobs/" + digest).scopes(endpoint.pull()).allowedStatuses(404);
    try (var response = endpoint.send(request)) {
      return response.status() == 404
          ? Optional.empty()
          : Optional.of(
              Descriptor.of(
                  MediaType.OCTET_STREAM,
                  digest,
                  response
                      .headers()
                      .first("Content-Length")
                      .map(ManifestAnswer::length)
                      .orElse(0L)));
    }
  }

  /**
   * Opens a blob; the caller closes it. A connection that breaks on the way is taken up again where
   * it stopped (Range, RFC 9110), and the end is reached only if size and digest are right.
   *
   * @throws NotFoundException if it isn't there
   */
  public InputStream fetch(Descriptor descriptor) throws IOException {
    return new VerifyingInputStream(BlobStream.open(endpoint, descriptor), descriptor);
  }

  InputStream fetch(Descriptor descriptor, long offset) throws IOException {
    return BlobStream.open(endpoint, descriptor, offset);
  }

  /**
   * Sends a blob, unless it is there: the request that opens an upload asks for that, so the
   * look-up costs nothing. A body from another repository of the same registry is mounted.
   *
   * @throws InvalidContentException if the body isn't what the descriptor says
   */
  public Outcome push(Descriptor descriptor, Blob body) throws IOException {
    return new BlobUpload(endpoint, descriptor, body, BlobUpload.Start.ASK).run();
  }

  /**
   * Sends a blob that is probably new: a small one with the request that would open its upload,
   * where the registry takes it so.
   *
   * @throws InvalidContentException if the body isn't what the descriptor says
   */
  Outcome eagerPush(Descriptor descriptor, Blob body) throws IOException {
    return new BlobUpload(endpoint, descriptor, body, BlobUpload.Start.BODY).run();
  }

  /**
   * Sends a blob, whatever the registry says of having it: it said so before, or said that it
   * mounted it, and then didn't find it.
   *
   * @throws InvalidContentException if the body isn't what the descriptor says
   */
  Outcome forcePush(Descriptor descriptor, Blob body) throws IOException {
    return new BlobUpload(endpoint, descriptor, body, BlobUpload.Start.SESSION).run();
  }

  /**
   * Opens an upload and cancels it: whether the repository may be written to.
   *
   * @throws AuthenticationException if it may not
   */
  public void checkPushAccess() throws IOException {
    var nothing = Bytes.of(new byte[0]);
    var descriptor = Descriptor.of(MediaType.OCTET_STREAM, nothing);
    new UploadInitiator(endpoint, descriptor, new UploadBody(Blob.of(nothing))).begin().cancel();
  }

  /**
   * Deletes a blob.
   *
   * @throws NotFoundException if it isn't there
   */
  public void delete(Digest digest) throws IOException {
    endpoint
        .send(
            endpoint
                .request("DELETE", "/blobs/" + digest)
                .scopes(endpoint.delete())
                .description(endpoint.describe(digest)))
        .close();
  }
}
