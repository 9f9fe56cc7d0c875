package io.github.tugoci.transport;

import io.github.tugoci.auth.Scope;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A bearer token (Docker's token specification, "Token Response Fields"). It may be opaque and is
 * never looked into.
 *
 * @param value the secret
 * @param scopes what it was asked for
 * @param deadline the {@link System#nanoTime} from which it isn't used any more
 */
record Token(String value, List<Scope> scopes, long deadline) {
  private static final Duration USUAL_LIFE = Duration.ofSeconds(60);
  private static final Duration MARGIN = Duration.ofSeconds(10);

  /** RFC 6750, section 2.1, and a little more; nothing that could end a header's line. */
  private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]+");

  static Token from(JsonObject answer, List<Scope> scopes, long asked)
      throws InvalidContentException {
    var value = answer.string("token").or(() -> accessToken(answer)).orElse("");
    if (!VALUE.matcher(value).matches()) {
      throw new InvalidContentException(answer.path() + " holds no usable token");
    }
    long seconds = answer.integer("expires_in").orElse(USUAL_LIFE.toSeconds());
    var life = Duration.ofSeconds(Math.max(0, Math.min(seconds, Duration.ofDays(1).toSeconds())));
    var margin = MARGIN.compareTo(life.dividedBy(4)) < 0 ? MARGIN : life.dividedBy(4);
    return new Token(value, scopes, asked + life.minus(margin).toNanos());
  }

  private static Optional<String> accessToken(JsonObject answer) {
    return answer.asMap().get("access_token") instanceof String token
        ? Optional.of(token)
        : Optional.empty();
  }

  boolean isFresh(long now) {
    return now - deadline < 0;
  }

  /** Whether it serves for these scopes: it may allow more. */
  boolean covers(List<Scope> wanted) {
    return wanted.stream().allMatch(scope -> scopes.stream().anyMatch(own -> own.covers(scope)));
  }

  String authorization() {
    return "Bearer " + value;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "token for " + scopes;
  }
}
