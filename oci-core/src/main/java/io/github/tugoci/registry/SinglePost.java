package io.github.tugoci.registry;

import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.content.LocalSource;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.registry.UploadInitiator.Opened;
import io.github.tugoci.registry.UploadInitiator.Shortcut;
import io.github.tugoci.transport.Response;
import java.io.IOException;
import java.io.InterruptedIOException;
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
   * The largest blob that is sent so: signatures, configs, most charts. A connection sends about as
   * much in its first flight (RFC 6928), so that what is sent in vain takes hardly more time than
   * the question whether it is there.
   */
  static final int MAX_SIZE = 16 << 10;

  private RepositoryContext endpoint() {
    return initiator.endpoint();
  }

  /**
   * Sends the blob, if that is worth trying. Where it isn't known yet whether the registry takes
   * it, one blob finds out and the others wait for that.
   *
   * @return empty if an upload is to be opened
   */
  Optional<Opened> trySend() throws IOException {
    if (!isWorthTrying()) {
      return Optional.empty();
    }
    try {
      return endpoint().memory().noted(works()) ? attempt() : attemptAlone();
    } catch (NetworkException e) {
      return Optional.of(afterBrokenConnection(e));
    }
  }

  /** What comes from another registry isn't read before it must. */
  private boolean isWorthTrying() {
    var profile = endpoint().profile();
    return profile.singlePost()
        && body.size() <= MAX_SIZE
        && (profile.chunkSize() == 0 || body.size() <= profile.chunkSize())
        && body.origin().map(LocalSource::isLocal).orElse(true)
        && !endpoint().memory().noted(fails());
  }

  private String works() {
    return "single POST works at " + endpoint().host();
  }

  private String fails() {
    return "no single POST at " + endpoint().host();
  }

  private Optional<Opened> attempt() throws IOException {
    return initiator.attempt(
        new Shortcut(fails(), this::send), profile -> profile.withSinglePost(false));
  }

  private Optional<Opened> attemptAlone() throws IOException {
    var lock = endpoint().memory().trialLockFor(works());
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another blob is sent");
    }
    try {
      return isWorthTrying() ? attempt() : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private Optional<Opened> send() throws IOException {
    var digest = PagedResponse.encode(initiator.descriptor().digest().toString());
    var request =
        endpoint()
            .request("POST", "/blobs/uploads/?digest=" + digest)
            .body(body, MediaType.OCTET_STREAM)
            .scopes(endpoint().push())
            .withoutRetry();
    try (var response = endpoint().send(request)) {
      if (isStored(response)) {
        endpoint().memory().note(works());
        return Optional.of(new Opened(Outcome.TRANSFERRED, null, true));
      }
      learn();
      return session(response);
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
    return body.read(MAX_SIZE).digest(digest.algorithm()).equals(digest);
  }

  /**
   * Opens an upload instead. Some servers, and what stands before them, can't cope with such a
   * body. One that lets us wait for nothing is remembered, as that is expensive; a broken
   * connection can be chance.
   */
  private Opened afterBrokenConnection(NetworkException failure) throws IOException {
    var unreadable = body.failure();
    if (unreadable != null) {
      throw unreadable;
    }
    endpoint().memory().note(fails());
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
    if (response.status() != 201) {
      return false;
    }
    var digest = initiator.descriptor().digest();
    try {
      var said = ManifestAnswer.digestHeader(response);
      if (said.isPresent() && said.get().algorithm() == digest.algorithm()) {
        return said.get().equals(digest);
      }
      return response.location().filter(where -> !isUpload(where)).isPresent();
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
