package io.github.tugoci.registry;

import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.transport.Request;
import io.github.tugoci.transport.Response;
import java.io.IOException;

/**
 * Asks again where a registry's refusal may pass soon. It says that it doesn't know what was
 * written a moment ago: at GHCR reads lag behind writes, and a manifest may not find the blobs that
 * were pushed before it. Or it says that a digest is invalid although what is sent has the digest
 * that it is said to have: docker-registry empties a blob's link file before it writes it anew, so
 * whoever puts a manifest while another pushes a blob of it, as the empty configuration that all
 * artifacts share, is told that the link's content is no digest.
 *
 * @param endpoint the repository
 * @param what what was written: a manifest's reference, or the repository for its blobs
 */
record ReadAfterWriteRetry(RepositoryContext endpoint, String what) {
  private static final int TRIES = 3;

  Response send(Request.Builder request) throws IOException {
    var policy = endpoint.transport().retryPolicy();
    var backoff = policy.withRetries(Math.min(TRIES, policy.retries())).start();
    while (true) {
      try {
        return endpoint.send(request);
      } catch (OciException failure) {
        if (!isRetryable(failure)) {
          throw failure;
        }
        try {
          backoff.pause(new NetworkException("not there yet", line(request), 1, failure));
        } catch (NetworkException patienceIsOver) {
          throw failure;
        }
      }
    }
  }

  private static RequestLine line(Request.Builder request) {
    var built = request.build();
    return new RequestLine(built.method(), String.valueOf(built.path()));
  }

  private boolean isRetryable(OciException failure) {
    return (failure instanceof RegistryException answer && answer.hasCode("DIGEST_INVALID"))
        || (isUnknown(failure) && endpoint.transport().writtenRecently(what));
  }

  private static boolean isUnknown(OciException failure) {
    return failure instanceof NotFoundException
        || (failure instanceof RegistryException answer
            && (answer.hasCode("MANIFEST_BLOB_UNKNOWN") || answer.hasCode("BLOB_UNKNOWN")));
  }
}
