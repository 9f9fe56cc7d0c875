package io.github.tugoci.registry;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.transport.Retries;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The upload of one blob: POST opens a session, one PUT sends the body and closes it
 * (distribution-spec, "POST then PUT").
 *
 * <p>A PUT whose answer is lost may have worked, and a registry may forget a session while it
 * commits a large blob (jib#4301). So after a failure the blob is looked up before it is sent
 * again, in a new session. A body that can't be read isn't sent again: its source has its own
 * retries.
 */
final class BlobUpload implements Retries.Operation<Outcome> {
  private static final int PAYLOAD_TOO_LARGE = 413;
  private static final long LEAST_CHUNK = 64 << 10;
  private static final Set<String> ABOUT_CONTENT =
      Set.of("DIGEST_INVALID", "BLOB_UNKNOWN", "BLOB_UPLOAD_UNKNOWN", "DENIED", "UNAUTHORIZED");

  private final RepositoryContext endpoint;
  private final Descriptor descriptor;
  private final UploadBody body;
  private final Start start;
  private @Nullable UploadSession session;
  private boolean bodySent;
  private boolean otherWay;
  private boolean wrongBody;
  private long chunk;
  private long limit = Long.MAX_VALUE;

  /** What an upload starts with. */
  enum Start {
    /** The question whether the blob is there. */
    ASK,
    /** The body, where it is small. */
    BODY,
    /** A session: the body is sent though the registry may say that it has the blob. */
    SESSION
  }

  BlobUpload(RepositoryContext endpoint, Descriptor descriptor, Blob body, Start start) {
    this.endpoint = endpoint;
    this.descriptor = descriptor;
    this.body = new UploadBody(body);
    this.start = start;
  }

  Outcome run() throws IOException {
    if (body.size() != descriptor.size()) {
      throw new InvalidContentException(
          "the body of %s has %d bytes instead of %d"
              .formatted(descriptor.digest(), body.size(), descriptor.size()));
    }
    try (body) {
      return upload();
    }
  }

  private Outcome upload() throws IOException {
    var outcome = open();
    if (outcome.isPresent()) {
      return outcome.get();
    }
    try {
      return endpoint.transport().retries().run(this);
    } catch (IOException last) {
      if (session != null) {
        if (OciException.isInterruption(last)) {
          session.cancelInterrupted();
        } else {
          session.cancel();
        }
      }
      throw last;
    }
  }

  /** Registries don't agree on what they answer to a body with another digest. */
  private static boolean mayBeOfContent(OciException failure) {
    return failure instanceof InvalidContentException
        || (failure instanceof RegistryException answer
            && answer.status() != PAYLOAD_TOO_LARGE
            && answer.status() != 429);
  }

  /** Opens a session; an outcome if nothing is left to do. */
  private Optional<Outcome> open() throws IOException {
    var initiator = new UploadInitiator(endpoint, descriptor, body);
    var opened = start == Start.SESSION ? initiator.post() : initiator.open(start == Start.BODY);
    if (opened.outcome() != null) {
      return Optional.of(
          opened.outcome() == Outcome.TRANSFERRED ? transferred() : opened.outcome());
    }
    session = opened.session();
    bodySent = opened.bodySent();
    return Optional.empty();
  }

  @Override
  public Outcome attempt() throws IOException {
    otherWay = false;
    try {
      send(session());
      return transferred();
    } catch (OciException failure) {
      var source = body.failure();
      if (source != null) {
        throw source;
      }
      if (mayBeOfContent(failure)) {
        verify();
      }
      otherWay = refusesSize(failure) || refusesChunks(failure) || mayBeOfTheFirstBody(failure);
      throw explain(failure, session());
    }
  }

  @Override
  public Retries.Verdict judge(IOException failure) {
    if (body.failure() != null || wrongBody) {
      return Retries.Verdict.GIVE_UP;
    }
    return otherWay ? Retries.Verdict.AT_ONCE : Retries.Operation.super.judge(failure);
  }

  @Override
  public Optional<Outcome> recover(IOException failure) throws IOException {
    if (start != Start.SESSION && !otherWay && new Blobs(endpoint).isSeen(descriptor.digest())) {
      return Optional.of(transferred());
    }
    session().cancel();
    session = null;
    return open();
  }

  private void verify() throws IOException {
    wrongBody = true;
    body.verify();
    wrongBody = false;
  }

  private UploadSession session() {
    return Objects.requireNonNull(session);
  }

  private Outcome transferred() {
    endpoint.memory().writes().add(endpoint.describe());
    return Outcome.TRANSFERRED;
  }

  private void send(UploadSession session) throws IOException {
    long known = endpoint.profile().chunkSize();
    long most = Math.min(limit, known == 0 ? Long.MAX_VALUE : known);
    chunk = body.size() > most ? most : 0;
    if (chunk == 0) {
      session.put(body);
      return;
    }
    session.putInChunks(body, chunk);
    if (chunk == limit) {
      endpoint.learn(
          profile ->
              profile.chunkSize() == 0 || profile.chunkSize() > limit
                  ? profile.withChunkSize(limit)
                  : profile);
    }
  }

  /**
   * Whether smaller chunks may do where a body was too large for the registry or for what stands
   * before it. Each is at most half of what was refused, so that an upload ends after a few. The
   * limit is this upload's: the host's profile learns it when it has proved right, and what others
   * find out meanwhile begins nothing anew.
   */
  private boolean refusesSize(OciException failure) {
    long refused = session().offered();
    if (Refusals.status(failure) != PAYLOAD_TOO_LARGE
        || refused > limit // there is no way to send less
        || refused <= session().taken() // it isn't the size
        || refused / 2 < LEAST_CHUNK
        || (chunk == 0 && endpoint.memory().noted(noChunks()))) {
      return false;
    }
    limit = Math.min(UploadSession.DEFAULT_CHUNK, refused / 2);
    return true;
  }

  /** Whether the registry takes no chunks: then the body goes all in one, and that is learnt. */
  private boolean refusesChunks(OciException failure) {
    if (chunk == 0
        || !(failure instanceof RegistryException answer)
        || answer.status() == PAYLOAD_TOO_LARGE) {
      return false;
    }
    boolean ofTheContent =
        answer.details().stream().anyMatch(detail -> ABOUT_CONTENT.contains(detail.code()));
    if (ofTheContent || !Refusals.mayBeOfTheWay(answer)) {
      return false;
    }
    endpoint.memory().note(noChunks());
    limit = Long.MAX_VALUE;
    endpoint.learn(profile -> profile.withChunkSize(0));
    return true;
  }

  /** A session may have taken the body that came with the POST, which was to open it only. */
  private boolean mayBeOfTheFirstBody(OciException failure) {
    return bodySent && Refusals.mayBeOfTheWay(failure);
  }

  private String noChunks() {
    return "no chunks at " + endpoint.host();
  }

  /** What to think of a failed PUT: bad content, a lost session, or itself. */
  private IOException explain(OciException failure, UploadSession session) {
    if (failure instanceof RegistryException e && e.hasCode("DIGEST_INVALID")) {
      return new InvalidContentException(
          "the registry refused %s: the body has another digest".formatted(descriptor.digest()), e);
    }
    if (failure instanceof NotFoundException
        || (failure instanceof RegistryException e
            && (e.hasCode("BLOB_UPLOAD_UNKNOWN") || e.hasCode("BLOB_UNKNOWN")))) {
      return new NetworkException(
          "the registry lost the upload of " + descriptor.digest(),
          RequestLine.of("PUT", session.location()),
          1,
          failure);
    }
    return failure;
  }
}
