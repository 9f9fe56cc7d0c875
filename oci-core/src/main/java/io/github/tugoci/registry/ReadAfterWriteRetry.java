package io.github.tugoci.registry;

import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.transport.Request;
import io.github.tugoci.transport.Response;
import io.github.tugoci.transport.Retries;
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
  private static final int MAX_RETRIES = 3;

  Response send(Request.Builder request) throws IOException {
    return endpoint
        .transport()
        .retries(MAX_RETRIES)
        .run(
            new Retries.Operation<Response>() {
              @Override
              public Response attempt() throws IOException {
                return endpoint.send(request);
              }

              @Override
              public Retries.Verdict judge(IOException failure) {
                return mayBeKnownSoon(failure) ? Retries.Verdict.WAIT : Retries.Verdict.GIVE_UP;
              }
            });
  }

  private boolean mayBeKnownSoon(IOException failure) {
    return (failure instanceof RegistryException answer && answer.hasCode("DIGEST_INVALID"))
        || (isUnknown(failure) && endpoint.memory().writes().contains(what));
  }

  private static boolean isUnknown(IOException failure) {
    return failure instanceof NotFoundException
        || (failure instanceof RegistryException answer
            && (answer.hasCode("MANIFEST_BLOB_UNKNOWN") || answer.hasCode("BLOB_UNKNOWN")));
  }
}
