package io.github.tugoci.registry;

import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.content.LocalSource;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.registry.UploadInitiator.Opened;
import io.github.tugoci.transport.Response;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Optional;

/**
 * The POST that brings a small blob along (distribution-spec, "Single POST"): one request, where
 * asking for the blob and sending it takes two. A registry without that opens a session (202) and
 * is sent the body again; that, and each refusal, is learnt, so that it happens once.
 */
record SinglePost(UploadInitiator initiator, UploadBody body) {
  /**
   * The largest blob that is sent without asking for it first: configs, signatures, most charts. A
   * connection sends about as much in its first flight (RFC 6928), so that what is sent in vain
   * takes hardly more time than the question.
   */
  static final int MAX_SIZE = 16 << 10;

  /**
   * Whether a blob is to be sent so. One that is probably there is asked for, and what comes from
   * another registry isn't read before it must.
   */
  boolean isWorthwhile() {
    var profile = endpoint().profile();
    return profile.singlePost()
        && body.size() <= MAX_SIZE
        && (profile.chunkSize() == 0 || body.size() <= profile.chunkSize())
        && body.origin().map(LocalSource::isLocal).orElse(true)
        && !(profile.mounts() && endpoint().memory().knowsBlob(blob()))
        && !endpoint().memory().noted(fact());
  }

  private String blob() {
    return endpoint().describe(initiator.descriptor().digest());
  }

  private RepositoryContext endpoint() {
    return initiator.endpoint();
  }

  String fact() {
    return "no single POST at " + endpoint().host();
  }

  /** Empty if the registry neither has the blob now nor says where to send it. */
  Optional<Opened> send() throws IOException {
    var request =
        endpoint()
            .request(
                "POST",
                "/blobs/uploads/?digest="
                    + PagedResponse.encode(initiator.descriptor().digest().toString()))
            .body(body, MediaType.OCTET_STREAM)
            .scopes(endpoint().push())
            .withoutRetry();
    try (var response = endpoint().send(request)) {
      if (isStored(response)) {
        return Optional.of(new Opened(Outcome.TRANSFERRED, null, true));
      }
      learn();
      return session(response);
    } catch (NetworkException e) {
      return Optional.of(afterBrokenConnection(e));
    } catch (OciException refusal) {
      if (Refusals.mayBeOfTheWay(refusal) && !isIntact()) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  /** Whether the body is what it should be; the refusal of another one says nothing of the host. */
  private boolean isIntact() throws IOException {
    var digest = initiator.descriptor().digest();
    try (var in = body.open()) {
      return Bytes.of(in.readAllBytes()).digest(digest.algorithm()).equals(digest);
    }
  }

  /**
   * Some servers and what stands before them can't cope with such a body. One that lets us wait for
   * nothing is remembered, as that is expensive; a broken connection can be chance.
   */
  private Opened afterBrokenConnection(NetworkException failure) throws IOException {
    if (body.failure() != null) {
      throw body.failure();
    }
    endpoint().memory().note(fact());
    if (failure.getCause() instanceof SocketTimeoutException) {
      learn();
    }
    return initiator.post();
  }

  private void learn() {
    endpoint().learn(profile -> profile.withSinglePost(false));
  }

  /**
   * Whether the registry says that it has the blob now: with its digest, or with the place where it
   * is. A place to send it to is a session, whatever the status.
   */
  private boolean isStored(Response response) {
    var digest = initiator.descriptor().digest();
    try {
      var said = ManifestAnswer.digestHeader(response);
      return response.status() == 201
          && (said.isPresent() && said.get().algorithm() == digest.algorithm()
              ? said.get().equals(digest)
              : response.location().filter(where -> !isUpload(where)).isPresent());
    } catch (InvalidContentException e) {
      return false;
    }
  }

  private static boolean isUpload(URI location) {
    return String.valueOf(location.getPath()).contains("/blobs/uploads/");
  }

  /** The session that the registry opened instead; empty if it can't be used. */
  private Optional<Opened> session(Response response) {
    try {
      var location = response.location();
      if (location.isEmpty() || (response.status() != 202 && !isUpload(location.get()))) {
        return Optional.empty();
      }
      var session = initiator.session(response).orElseThrow();
      if (session.hasBytes(response)) {
        session.cancel();
        return Optional.empty();
      }
      return Optional.of(new Opened(null, session, true));
    } catch (InvalidContentException e) {
      return Optional.empty();
    }
  }
}
