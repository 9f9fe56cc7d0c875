package io.github.tugoci.embedded;

import io.github.tugoci.model.Manifest;
import java.time.Duration;

/**
 * Limits of an embedded registry's clients.
 *
 * @param maxConnections the maximum of connections at a time, at least 1
 * @param requestTimeout how long a client may take for a request's head, and pause within its body;
 *     more than zero, at most a day
 * @param manifestSize the largest manifest in bytes, from 1 to {@link Manifest#MAX_SIZE}
 * @param blobSize the largest blob in bytes
 * @param pageSize the maximum of entries in one answer, at least 1
 */
public record RegistryLimits(
    int maxConnections, Duration requestTimeout, int manifestSize, long blobSize, int pageSize) {
  private static final Duration MAX_TIMEOUT = Duration.ofDays(1);

  /** Checks the numbers. */
  public RegistryLimits {
    check(maxConnections >= 1, "maxConnections", maxConnections, "at least 1");
    check(
        requestTimeout.compareTo(Duration.ZERO) > 0 && requestTimeout.compareTo(MAX_TIMEOUT) <= 0,
        "requestTimeout",
        requestTimeout,
        "more than zero, at most a day");
    check(
        manifestSize >= 1 && manifestSize <= Manifest.MAX_SIZE,
        "manifestSize",
        manifestSize,
        "1 to " + Manifest.MAX_SIZE);
    check(blobSize >= 0, "blobSize", blobSize, "at least 0");
    check(pageSize >= 1, "pageSize", pageSize, "at least 1");
  }

  private static void check(boolean valid, String name, Object value, String expected) {
    if (!valid) {
      throw new IllegalArgumentException(
          "invalid %s %s: expected %s".formatted(name, value, expected));
    }
  }

  /** 512 connections, 30 seconds, manifests up to 4 MiB, blobs of any size, 1000 entries a page. */
  public static RegistryLimits defaults() {
    return builder().build();
  }

  /** A builder that starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with these limits. */
  public Builder toBuilder() {
    return builder()
        .maxConnections(maxConnections)
        .requestTimeout(requestTimeout)
        .manifestSize(manifestSize)
        .blobSize(blobSize)
        .pageSize(pageSize);
  }

  /** Builds limits. */
  public static final class Builder {
    private int maxConnections = 512;
    private Duration requestTimeout = Duration.ofSeconds(30);
    private int manifestSize = Manifest.MAX_SIZE;
    private long blobSize = Long.MAX_VALUE;
    private int pageSize = 1000;

    private Builder() {}

    /**
     * The maximum of connections at a time; 512 by default. Each takes a thread. A client above the
     * maximum replaces the connection that has been idle longest; it waits only while none is idle.
     */
    public Builder maxConnections(int count) {
      maxConnections = count;
      return this;
    }

    /**
     * How long a client may take to send the head of a request, and pause while it sends the body;
     * 30 seconds by default. After that the answer is 408, and the connection is closed.
     */
    public Builder requestTimeout(Duration time) {
      requestTimeout = time;
      return this;
    }

    /** The largest manifest in bytes, at most and by default 4 MiB. */
    public Builder manifestSize(int bytes) {
      manifestSize = bytes;
      return this;
    }

    /** The largest blob in bytes; unlimited by default. */
    public Builder blobSize(long bytes) {
      blobSize = bytes;
      return this;
    }

    /** The maximum of tags, referrers or repositories in one answer; 1000 by default. */
    public Builder pageSize(int count) {
      pageSize = count;
      return this;
    }

    /**
     * The limits.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public RegistryLimits build() {
      return new RegistryLimits(maxConnections, requestTimeout, manifestSize, blobSize, pageSize);
    }
  }
}
