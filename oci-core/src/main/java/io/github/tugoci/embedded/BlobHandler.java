package io.github.tugoci.embedded;

import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;

/** Serves and deletes blobs (distribution-spec, "Pulling blobs" and "Deleting Blobs"). */
final class BlobHandler {
  private static final String TYPE = "application/octet-stream";

  private final Storage storage;

  BlobHandler(Storage storage) {
    this.storage = storage;
  }

  HttpResponse answer(HttpRequest request, RepositoryName name, Digest digest)
      throws IOException, HttpError {
    var repository = storage.find(name).orElseThrow(BlobHandler::unknown);
    if (request.method().equals("DELETE")) {
      if (!repository.deleteBlob(digest)) {
        throw unknown();
      }
      return HttpResponse.status(202);
    }
    var content = repository.content(digest);
    if (content == null) {
      throw unknown();
    }
    Preconditions.requireCurrent(request, digest);
    var response =
        Preconditions.isKnown(request, digest)
            ? HttpResponse.status(304)
            : contentOrPart(request, digest, content);
    return response
        .header("Accept-Ranges", "bytes")
        .header("Docker-Content-Digest", digest.toString())
        .header("ETag", Preconditions.entityTag(digest));
  }

  private static HttpResponse contentOrPart(HttpRequest request, Digest digest, Content content)
      throws HttpError {
    var part = Preconditions.part(request, digest, content.size());
    if (part.isEmpty()) {
      return HttpResponse.status(200).body(TYPE, content);
    }
    long from = part.get().from();
    long length = part.get().length();
    return HttpResponse.status(206)
        .header(
            "Content-Range", "bytes %d-%d/%d".formatted(from, from + length - 1, content.size()))
        .body(TYPE, content, from, length);
  }

  private static HttpError unknown() {
    return new HttpError(404, ErrorCode.BLOB_UNKNOWN, "blob unknown to repository");
  }
}
