package io.github.tugoci.registry;

import io.github.tugoci.content.Blob;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.transport.Response;
import io.github.tugoci.transport.Retries;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ProtocolException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An open upload: the URL that the registry gave, kept exactly and replaced by the newest that it
 * gives (distribution-spec, "Pushing blobs").
 */
final class UploadSession {
  /** What GHCR takes; others take more, and none is known to take less. */
  static final long DEFAULT_CHUNK = 4L << 20;

  private static final long PATIENCE_MILLIS = 500;

  private static final Pattern RANGE =
      Pattern.compile("(?:bytes[ =])?\\s*[0-9]+-([0-9]+)(?:/.*)?", Pattern.CASE_INSENSITIVE);

  private final RepositoryContext endpoint;
  private final Descriptor descriptor;
  private final long leastChunk;
  private URI location;
  private long offered;
  private long taken;

  /**
   * A session.
   *
   * @param leastChunk the least that the registry takes as a chunk that isn't the last, in bytes
   */
  UploadSession(RepositoryContext endpoint, Descriptor descriptor, URI location, long leastChunk) {
    this.endpoint = endpoint;
    this.descriptor = descriptor;
    this.location = location;
    this.leastChunk = leastChunk;
  }

  URI location() {
    return location;
  }

  /** The size of the body that was sent last, whole or a chunk. */
  long offered() {
    return offered;
  }

  /** The size of the largest chunk that the registry took. */
  long taken() {
    return taken;
  }

  /** Sends the whole body and closes the session. */
  void put(Blob body) throws IOException {
    offered = body.size();
    var closing =
        location
            + (location.getRawQuery() == null ? "?" : "&")
            + "digest="
            + PagedResponse.encode(descriptor.digest().toString());
    var request =
        endpoint
            .request("PUT", URI.create(closing))
            .body(body, MediaType.OCTET_STREAM)
            .scopes(endpoint.push())
            .withoutRetry();
    try (var response = endpoint.send(request)) {
      checkKept(response);
    }
  }

  /** What a registry has computed itself, from another body than was meant, differs. */
  private void checkKept(Response response) throws InvalidContentException {
    var kept = ManifestAnswer.otherDigest(response, descriptor.digest());
    if (kept.isPresent()) {
      throw new InvalidContentException(
          "%s was pushed, but the registry kept %s".formatted(descriptor.digest(), kept.get()));
    }
  }

  /**
   * Sends the body in chunks, in order, and closes the session. After a failure the registry is
   * asked how far it came.
   *
   * @param size the size of all chunks but the last, unless the registry wants larger ones
   */
  void putInChunks(UploadBody body, long size) throws IOException {
    var retries = endpoint.transport().retries();
    var chunks = new Chunks(body, size);
    long furthest = 0; // what is sent again is no progress
    while (chunks.sent < body.size()) {
      chunks.sent = retries.run(chunks);
      if (chunks.sent > furthest) {
        furthest = chunks.sent;
        retries.restart();
        chunks.corrected = false;
      }
    }
    put(Blob.of(Bytes.of(new byte[0])));
  }

  /** Sends the next chunk. */
  private final class Chunks implements Retries.Operation<Long> {
    private final UploadBody body;
    private final long size;
    private long sent;
    private boolean corrected;

    Chunks(UploadBody body, long size) {
      this.body = body;
      this.size = size;
    }

    @Override
    public Long attempt() throws IOException {
      long has = patch(body, sent, Math.min(Math.max(size, leastChunk), body.size() - sent));
      if (has > sent) {
        return has;
      }
      var fault = "a chunk was taken, but the registry has no more than before";
      throw new NetworkException(
          fault, RequestLine.of("PATCH", location), 1, new ProtocolException(fault));
    }

    @Override
    public Retries.Verdict judge(IOException failure) {
      if (body.failure() != null) {
        return Retries.Verdict.GIVE_UP;
      }
      return isOutOfOrder(failure) && !corrected
          ? Retries.Verdict.AT_ONCE
          : Retries.Operation.super.judge(failure);
    }

    /** What the registry has counts, if it is another number of bytes than was thought. */
    @Override
    public Optional<Long> recover(IOException failure) throws IOException {
      long has = status();
      if (isOutOfOrder(failure)) {
        if (has == sent) {
          throw failure;
        }
        corrected = true;
      }
      return Optional.of(has);
    }

    private static boolean isOutOfOrder(IOException failure) {
      return failure instanceof RegistryException answer && answer.status() == 416;
    }
  }

  private long patch(UploadBody body, long from, long length) throws IOException {
    offered = length;
    var request =
        endpoint
            .request("PATCH", location)
            .body(body.slice(from, length), MediaType.OCTET_STREAM)
            .header("Content-Range", from + "-" + (from + length - 1))
            .scopes(endpoint.push())
            .withoutRetry();
    try (var response = endpoint.send(request)) {
      taken = Math.max(taken, length);
      return received(response, from + length);
    }
  }

  private long status() throws IOException {
    try (var response = endpoint.send(endpoint.request("GET", location).scopes(endpoint.push()))) {
      return received(response, 0);
    }
  }

  /**
   * How many bytes the registry has, by its Range, {@code 0-LAST}. A fresh upload says {@code 0-0},
   * which means none or one: then none is believed, and the chunk is sent again.
   */
  private long received(Response response, long otherwise) throws InvalidContentException {
    response.location().ifPresent(next -> location = next);
    var range = RANGE.matcher(response.headers().first("Range").orElse("").strip());
    if (!range.matches()) {
      return otherwise; // nothing that can be read: the digest decides at the end
    }
    long last;
    try {
      last = Long.parseLong(range.group(1));
    } catch (NumberFormatException e) {
      last = Long.MAX_VALUE;
    }
    if (last >= descriptor.size()) {
      throw new InvalidContentException(
          "the registry has bytes that were not sent: " + range.group());
    }
    return last == 0 && otherwise != 1 ? 0 : last + 1;
  }

  /** Whether the answer that opened the session says that it has taken bytes. */
  boolean hasBytes(Response opened) {
    try {
      return received(opened, 0) > 0;
    } catch (InvalidContentException e) {
      return true; // more than there are
    }
  }

  /** Cancels for a caller that was told to stop: it waits for a moment only. */
  void cancelInterrupted() {
    boolean interrupted = Thread.interrupted();
    var cancelling = new Thread(this::cancel, "tug-cancel");
    cancelling.setDaemon(true);
    cancelling.start();
    try {
      cancelling.join(PATIENCE_MILLIS);
    } catch (InterruptedException again) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells the registry that the session won't be closed; whether it listens doesn't matter. */
  void cancel() {
    try {
      endpoint
          .send(endpoint.request("DELETE", location).scopes(endpoint.push()).withoutRetry())
          .close();
    } catch (IOException e) {
      // To make a logger takes a moment, which not each push is to take.
      System.getLogger(UploadSession.class.getName())
          .log(Level.DEBUG, "the upload was not cancelled", e);
    }
  }
}
