package io.github.tugoci.transport;

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
    var value = text(answer, "token").or(() -> text(answer, "access_token")).orElse("");
    if (!VALUE.matcher(value).matches()) {
      throw new InvalidContentException(answer.path() + " holds no usable token");
    }
    var life = Duration.ofSeconds(Math.min(seconds(answer), Duration.ofDays(1).toSeconds()));
    var margin = MARGIN.compareTo(StallWatch.quarter(life)) < 0 ? MARGIN : StallWatch.quarter(life);
    return new Token(value, scopes, asked + life.minus(margin).toNanos());
  }

  /** Servers send either name, and some both, one of them empty or null. */
  private static Optional<String> text(JsonObject answer, String name) {
    return answer.asMap().get(name) instanceof String token && !token.isBlank()
        ? Optional.of(token.strip())
        : Optional.empty();
  }

  /**
   * How long it lives, as a number or a text. What says nothing, or that it was over before it
   * began, is the usual life: a token that is refused is asked for anew in any case.
   */
  private static long seconds(JsonObject answer) {
    var said = answer.asMap().get("expires_in");
    try {
      long seconds = said == null ? 0 : (long) Double.parseDouble(said.toString().strip());
      return seconds > 0 ? seconds : USUAL_LIFE.toSeconds();
    } catch (NumberFormatException e) {
      return USUAL_LIFE.toSeconds();
    }
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
