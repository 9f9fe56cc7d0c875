package io.github.tugoci.embedded;

import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/** An upload session of a blob; one request at a time. */
final class Upload implements AutoCloseable {
  private static final int MIN_BUFFER = 8 * 1024;
  private static final int MAX_BUFFER = 256 * 1024;

  final String id;
  final RepositoryName repository;

  /** Held by the request that works on the upload. */
  final ReentrantLock lock = new ReentrantLock();

  private final Spool spool;
  private final long limit;
  private Digest.Algorithm algorithm;
  private MessageDigest hash;
  private volatile Instant touched = Instant.now();

  Upload(
      String id, RepositoryName repository, Digest.Algorithm algorithm, Spool spool, long limit) {
    this.id = id;
    this.repository = repository;
    this.algorithm = algorithm;
    this.hash = algorithm.newHash();
    this.spool = spool;
    this.limit = limit;
  }

  /** How much has come. */
  long size() {
    return spool.size();
  }

  /** The time of the last request. */
  Instant touched() {
    return touched;
  }

  /**
   * Adds a body.
   *
   * @throws HttpError if the blob becomes larger than allowed
   */
  void append(RequestBody body) throws IOException, HttpError {
    if (body.length() > limit - size()) {
      throw tooLarge();
    }
    long length = body.length() < 0 ? MAX_BUFFER : body.length();
    var buffer = new byte[(int) Math.max(MIN_BUFFER, Math.min(MAX_BUFFER, length))];
    for (int read = body.read(buffer, 0, buffer.length);
        read >= 0;
        read = body.read(buffer, 0, buffer.length)) {
      if (read > limit - size()) {
        throw tooLarge();
      }
      hash.update(buffer, 0, read);
      spool.write(buffer, read);
      touched = Instant.now();
    }
  }

  private HttpError tooLarge() {
    return new HttpError(
        413, ErrorCode.SIZE_INVALID, "blob too large: over the limit of " + limit + " bytes");
  }

  /** Forgets what lies behind a size, as if it had never come. */
  void rollBack(long size) throws IOException {
    spool.truncate(size);
    rehash(algorithm);
  }

  private void rehash(Digest.Algorithm by) throws IOException {
    algorithm = by;
    hash = by.newHash();
    var buffer = new byte[MAX_BUFFER];
    // the stream is the spool's own, which stays open
    var in = spool.open();
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      hash.update(buffer, 0, read);
    }
  }

  /** Prepares for a digest that the client has named. */
  void hashBy(Digest.Algorithm by) throws IOException {
    if (algorithm != by) {
      rehash(by);
    }
  }

  /**
   * Gives the whole blob to a repository.
   *
   * @throws HttpError if it isn't what the digest says
   */
  void commit(Digest digest, HostedRepository target) throws IOException, HttpError {
    hashBy(digest.algorithm());
    if (!algorithm.digest(hash).equals(digest)) {
      throw new HttpError(400, ErrorCode.DIGEST_INVALID, "the blob has another digest");
    }
    target.putBlob(digest, spool);
  }

  @Override
  public void close() throws IOException {
    spool.close();
  }
}
