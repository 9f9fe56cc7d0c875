package io.github.tugoci.transport;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a registry demands with a 401: a scheme and its parameters (RFC 9110, section 11.6.1, {@code
 * WWW-Authenticate}).
 *
 * @param scheme the scheme in lower case: {@code bearer}, {@code basic}
 * @param parameters the values by their names, which are in lower case, in the header's order
 */
record Challenge(String scheme, Map<String, String> parameters) {

  /** Lowers the scheme's and the names' case, which carries no meaning, and copies. */
  public Challenge {
    scheme = scheme.toLowerCase(Locale.ROOT);
    var lowered = new LinkedHashMap<String, String>();
    parameters.forEach((name, value) -> lowered.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    parameters = Collections.unmodifiableMap(lowered);
  }

  /**
   * Reads the challenges of an answer. Registries and the proxies before them take liberties, so
   * this never fails: what breaks the grammar is skipped up to the next comma. A {@code token68} is
   * skipped too, as no scheme that is spoken here has one. Of a parameter that stands twice the
   * first counts.
   *
   * @param headerValues each {@code WWW-Authenticate} header's value; one may hold several
   *     challenges
   */
  public static List<Challenge> parse(List<String> headerValues) {
    return headerValues.stream().flatMap(value -> new ChallengeParser(value).parse()).toList();
  }

  /** A parameter's value, by its name in any case. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name.toLowerCase(Locale.ROOT)));
  }
}
