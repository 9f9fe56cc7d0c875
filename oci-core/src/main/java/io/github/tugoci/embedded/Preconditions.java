package io.github.tugoci.embedded;

import io.github.tugoci.reference.Digest;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Conditional and range requests (RFC 9110, sections 13 and 14); digests are the entity tags. */
final class Preconditions {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  private Preconditions() {}

  /** A part of some content. */
  record Part(long from, long length) {}

  static String entityTag(Digest digest) {
    return "\"" + digest + "\"";
  }

  /** Whether the client has this content already. */
  static boolean isKnown(HttpRequest request, Digest digest) {
    return request.header("If-None-Match").filter(value -> lists(value, digest, true)).isPresent();
  }

  private static boolean lists(String header, Digest digest, boolean weakly) {
    var tag = entityTag(digest);
    return Arrays.stream(header.split(",", -1))
        .map(String::strip)
        .anyMatch(one -> one.equals("*") || one.equals(tag) || (weakly && one.equals("W/" + tag)));
  }

  /** Refuses a write whose condition isn't met. */
  static void requireMatch(HttpRequest request, @Nullable Digest current) throws HttpError {
    requireCurrent(request, current);
    if (current != null && isKnown(request, current)) {
      throw notMet();
    }
  }

  /** Refuses a request that is meant for other content than there is now. */
  static void requireCurrent(HttpRequest request, @Nullable Digest current) throws HttpError {
    var match = request.header("If-Match");
    if (match.isPresent() && (current == null || !lists(match.get(), current, false))) {
      throw notMet();
    }
  }

  private static HttpError notMet() {
    return new HttpError(412, ErrorCode.DENIED, "the condition of the request is not met");
  }

  /**
   * The part that a request asks for; empty if it wants all, or something that needn't be
   * understood.
   *
   * @throws HttpError if the part lies behind the end, or ends before it begins (RFC 9110, section
   *     14.2, lets a server refuse that, and the distribution-spec's conformance suite expects it)
   */
  static Optional<Part> part(HttpRequest request, Digest digest, long size) throws HttpError {
    // RFC 9110, section 14.2: only GET knows ranges
    var asked = request.method().equals("GET") ? request.header("Range").orElse("") : "";
    var range = RANGE.matcher(asked);
    boolean unchanged = request.header("If-Range").map(entityTag(digest)::equals).orElse(true);
    if (!unchanged || !range.matches() || range.group().equals("bytes=-")) {
      return Optional.empty();
    }
    var first = range.group(1);
    var last = range.group(2);
    if (first.isEmpty()) {
      long count = Math.min(Long.parseLong(last), size);
      return Optional.of(checked(size - count, size - 1, size));
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? size - 1 : Long.parseLong(last);
    return Optional.of(checked(from, Math.min(to, size - 1), size));
  }

  private static Part checked(long from, long to, long size) throws HttpError {
    if (from >= size || to < from) {
      throw new HttpError(416, ErrorCode.SIZE_INVALID, "range not satisfiable")
          .with("Content-Range", "bytes */" + size);
    }
    return new Part(from, to - from + 1);
  }
}
