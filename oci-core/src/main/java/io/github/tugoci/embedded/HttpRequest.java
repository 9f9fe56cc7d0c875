package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request whose head was read.
 *
 * @param method the method
 * @param target the path and the query as they were sent
 * @param path the path, decoded
 * @param query the query's parameters, decoded
 * @param headers the headers, by names in any case
 * @param body the body, to be read
 * @param keepAlive whether the client wants to use the connection again
 */
record HttpRequest(
    String method,
    String target,
    String path,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    RequestBody body,
    boolean keepAlive) {

  /**
   * A request of a target as it stands in the request line.
   *
   * @throws IllegalArgumentException if an escape is malformed
   */
  static HttpRequest of(
      String method,
      String target,
      Map<String, List<String>> headers,
      RequestBody body,
      boolean keepAlive) {
    int question = target.indexOf('?');
    var path = question < 0 ? target : target.substring(0, question);
    return new HttpRequest(
        method,
        target,
        // a plus is a plus in a path
        URLDecoder.decode(path.replace("+", "%2B"), UTF_8),
        parseQuery(question < 0 ? "" : target.substring(question + 1)),
        headers,
        body,
        keepAlive);
  }

  /** A header's value; several are joined, as RFC 9110 says. */
  Optional<String> header(String name) {
    var values = headers.get(name);
    return values == null ? Optional.empty() : Optional.of(String.join(", ", values));
  }

  /** A query parameter's first value. */
  Optional<String> parameter(String name) {
    return parameters(name).stream().findFirst();
  }

  List<String> parameters(String name) {
    return query.getOrDefault(name, List.of());
  }

  boolean isHead() {
    return method.equals("HEAD");
  }

  /** The same request with other parameters. */
  HttpRequest withQuery(Map<String, List<String>> other) {
    return new HttpRequest(method, target, path, other, headers, body, keepAlive);
  }

  /**
   * Reads {@code a=b&c=d}.
   *
   * @throws IllegalArgumentException if an escape is malformed
   */
  static Map<String, List<String>> parseQuery(String text) {
    var query = new LinkedHashMap<String, List<String>>();
    for (var pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        var name = equals < 0 ? pair : pair.substring(0, equals);
        var value = equals < 0 ? "" : pair.substring(equals + 1);
        query
            .computeIfAbsent(URLDecoder.decode(name, UTF_8), key -> new ArrayList<>())
            .add(URLDecoder.decode(value, UTF_8));
      }
    }
    return query;
  }
}
