package io.github.tugoci.registry;

import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.net.HostProfile;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.RepositoryName;
import io.github.tugoci.transport.Response;
import io.github.tugoci.transport.Retries;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The POST that opens an upload. It asks for a mount, from the repository that the body comes from
 * or else from the target itself (distribution-spec, "Mounting a blob from another repository").
 * That makes it the existence check: 201 says that the blob is there, 202 opens the session. So an
 * absent blob costs two requests, and one that is present costs one. A small one that is probably
 * new is sent without that question, and costs one ({@link SinglePost}).
 */
record UploadInitiator(RepositoryContext endpoint, Descriptor descriptor, UploadBody body) {

  /**
   * Either an outcome, because nothing is left to do, or a session to send the body to.
   *
   * @param bodySent whether the body was sent along
   */
  record Opened(@Nullable Outcome outcome, @Nullable UploadSession maybeSession, boolean bodySent) {
    UploadSession session() {
      if (maybeSession == null) {
        throw new IllegalStateException("the upload has an outcome and no session");
      }
      return maybeSession;
    }
  }

  /**
   * Opens an upload.
   *
   * @param eager whether a small body is sent at once
   */
  Opened open(boolean eager) throws IOException {
    var from = sibling();
    if (from != null) {
      var mounted = tryMount(from);
      if (mounted.isPresent()) {
        return mounted.get();
      }
    }
    if (eager) {
      var sent = new SinglePost(this, body).trySend();
      if (sent.isPresent()) {
        return sent.get();
      }
    }
    if (endpoint.profile().mounts()) {
      var mounted = tryMount(endpoint.name());
      if (mounted.isPresent()) {
        return mounted.get();
      }
    }
    return post();
  }

  private Optional<Opened> tryMount(RepositoryName from) throws IOException {
    var fact = "no mount at " + endpoint.describe() + " from " + from;
    if (endpoint.memory().noted(fact)) {
      return Optional.empty();
    }
    boolean own = from.equals(endpoint.name());
    try {
      return attempt(new Shortcut(fact, () -> mount(from)), p -> own ? p.withMounts(false) : p);
    } catch (NetworkException e) {
      return Optional.empty();
    }
  }

  /**
   * Attempts what saves requests. Registries refuse it in many ways where they would open an upload
   * (a mount from a repository that may not be read, is a proxy's, or belongs to another project:
   * 400 to 500), so whatever they answer is no more than a refusal of the shortcut. Only a rate
   * limit isn't: it is waited for as with every other request, and is the failure of the upload in
   * the end.
   *
   * @param lesson what a refusal teaches about the host
   * @return empty if the blob is to be sent
   */
  Optional<Opened> attempt(Shortcut shortcut, UnaryOperator<HostProfile> lesson)
      throws IOException {
    try {
      return endpoint.transport().retries().run(shortcut);
    } catch (OciException refusal) {
      if (Refusals.isRateLimit(refusal)
          || (Refusals.status(refusal) == 0 && !(refusal instanceof AuthenticationException))) {
        throw refusal;
      }
      if (Refusals.status(refusal) != 503) {
        endpoint.memory().note(shortcut.fact());
      }
      if (Refusals.mayBeOfTheWay(refusal) && !(refusal instanceof AuthenticationException)) {
        endpoint.learn(lesson);
      }
      return Optional.empty();
    }
  }

  /** How a shortcut is taken. */
  interface Way {
    Optional<Opened> take() throws IOException;
  }

  /**
   * A request that saves others, again after a rate limit only.
   *
   * @param fact what to note of a refusal
   */
  record Shortcut(String fact, Way way) implements Retries.Operation<Optional<Opened>> {
    @Override
    public Optional<Opened> attempt() throws IOException {
      return way.take();
    }

    @Override
    public Retries.Verdict judge(IOException failure) {
      return failure instanceof OciException refusal && Refusals.isRateLimit(refusal)
          ? Retries.Verdict.WAIT
          : Retries.Verdict.GIVE_UP;
    }
  }

  /** A session, without the question whether the blob is there. */
  UploadSession begin() throws IOException {
    return post().session();
  }

  /** The repository of the same registry that the body comes from, or null. */
  private @Nullable RepositoryName sibling() {
    return body.origin().orElse(null) instanceof Repository origin
            && origin.host().equals(endpoint.host())
            && !origin.name().equals(endpoint.name())
            && endpoint.profile().mounts()
        ? origin.name()
        : null;
  }

  private Optional<Opened> mount(RepositoryName from) throws IOException {
    return post(
        "?mount="
            + PagedResponse.encode(descriptor.digest().toString())
            + "&from="
            + PagedResponse.encode(from.value()),
        from);
  }

  /** A session to send the body to, without the question whether the blob is there. */
  Opened post() throws IOException {
    return post("", endpoint.name())
        .orElseThrow(
            () ->
                new InvalidContentException(
                    endpoint.host() + " opened an upload without saying where"));
  }

  /** Empty if the registry says neither that the blob is there nor where to send it. */
  private Optional<Opened> post(String query, RepositoryName from) throws IOException {
    var request =
        endpoint
            .request("POST", "/blobs/uploads/" + query + algorithm(query))
            .scopes(endpoint.push());
    if (!from.equals(endpoint.name())) {
      request.scopes(endpoint.push(), endpoint.pull(from));
    }
    if (!query.isEmpty()) {
      request.withoutRetry();
    }
    try (var response = endpoint.send(request)) {
      if (response.status() == 201 && !query.isEmpty()) {
        checkMounted(response);
        return Optional.of(
            new Opened(
                from.equals(endpoint.name()) ? Outcome.SKIPPED : Outcome.MOUNTED, null, false));
      }
      return session(response).map(session -> new Opened(null, session, false));
    }
  }

  /** The session that an answer opens; empty if it doesn't say where. */
  Optional<UploadSession> session(Response response) throws InvalidContentException {
    long leastChunk =
        response.headers().first("OCI-Chunk-Min-Length").map(ManifestAnswer::length).orElse(0L);
    return response
        .location()
        .map(where -> new UploadSession(endpoint, descriptor, where, leastChunk));
  }

  /** A registry that isn't told takes sha256 for granted (distribution-spec, "POST then PUT"). */
  private String algorithm(String query) {
    return descriptor.digest().algorithm() == Digest.Algorithm.SHA256
        ? ""
        : (query.isEmpty() ? "?" : "&") + "digest-algorithm=" + descriptor.digest().algorithm();
  }

  private void checkMounted(Response response) throws InvalidContentException {
    var said = ManifestAnswer.otherDigest(response, descriptor.digest());
    if (said.isPresent()) {
      throw new InvalidContentException(
          "%s was to be mounted, but the registry mounted %s"
              .formatted(descriptor.digest(), said.get()));
    }
  }
}
