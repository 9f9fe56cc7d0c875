package io.github.tugoci.net;

import java.time.Instant;
import java.util.Optional;

/**
 * A memory of what was learnt about registries that outlives a client, in a file for instance. It
 * is asked on many threads, must not fail, and is never given a secret.
 */
public interface HostMemory {
  /** Remembers nothing: each client learns anew. */
  HostMemory NONE =
      new HostMemory() {
        @Override
        public Optional<HostProfile> find(String host) {
          return Optional.empty();
        }

        @Override
        public void remember(String host, HostProfile profile) {}
      };

  /** What was remembered of a host, as references name it. */
  Optional<HostProfile> find(String host);

  /** Keeps what is known of a host now, instead of what was. */
  void remember(String host, HostProfile profile);

  /**
   * Whether something was pushed from here before, so that it is worth asking whether it is still
   * there.
   *
   * @param reference {@code HOST/NAME@DIGEST}
   */
  default boolean pushedBefore(String reference) {
    return false;
  }

  /**
   * Keeps that something was pushed.
   *
   * @param reference {@code HOST/NAME@DIGEST}
   */
  default void rememberPush(String reference) {}

  /**
   * When something was written from here, if it is known; nobody asks after it for long.
   *
   * @param reference {@code HOST/NAME:TAG} or {@code HOST/NAME@DIGEST}, or the repository for its
   *     blobs
   */
  default Optional<Instant> written(String reference) {
    return Optional.empty();
  }

  /**
   * Keeps that something was written.
   *
   * @param reference {@code HOST/NAME:TAG} or {@code HOST/NAME@DIGEST}, or the repository for its
   *     blobs
   */
  default void rememberWrite(String reference, Instant time) {}
}
