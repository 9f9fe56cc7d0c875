package io.github.tugoci.transport;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.error.RegistryException.Detail;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.net.Origin;
import io.github.tugoci.text.SentSecrets;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows redirects. A read goes anywhere, up to ten times; anything else only where the method is
 * to be kept (307, 308). The Authorization never goes to another origin (distribution-spec, "API";
 * RFC 9110, section 15.4), and nothing goes from https to http.
 */
final class Redirects {
  private static final int MAX_REDIRECTS = 10;
  private static final Set<Integer> MOVED = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> SAME_METHOD = Set.of(307, 308);

  private final HttpExecutor connections;

  Redirects(HttpExecutor connections) {
    this.connections = connections;
  }

  /**
   * Sends a request and follows where it leads.
   *
   * @param authorization the header's value for the URL's own origin, or null
   */
  Response exchange(Request request, URI first, @Nullable String authorization) throws IOException {
    var uri = first;
    var origin = Origin.of(first);
    for (int redirects = 0; ; redirects++) {
      var headers = request.headers();
      if (authorization != null && origin.owns(uri)) {
        SentSecrets.addAuthorization(authorization);
        headers = headers.with("Authorization", authorization);
      }
      var response =
          connections.exchange(request.method(), uri, headers, request.body(), request.bodyType());
      var next = follow(request, response);
      if (next == null) {
        return response;
      }
      response.close();
      check(request, uri, next, response.status());
      if (redirects == MAX_REDIRECTS) {
        throw refuse(request, uri, response.status(), "it redirects more than ten times");
      }
      uri = next;
    }
  }

  private static @Nullable URI follow(Request request, Response response) throws IOException {
    int status = response.status();
    boolean follows = request.isRead() ? MOVED.contains(status) : SAME_METHOD.contains(status);
    if (!follows || request.allowedStatuses().contains(status)) {
      return null;
    }
    try {
      return response.location().orElse(null);
    } catch (InvalidContentException e) {
      response.close();
      throw e;
    }
  }

  private static void check(Request request, URI from, URI to, int status)
      throws RegistryException {
    var target = Origin.of(to);
    if (!target.isHttp() || to.getHost() == null) {
      throw refuse(request, from, status, "it redirects to " + to.getScheme() + ", not to http");
    }
    if (Origin.of(from).isSecure() && !target.isSecure()) {
      throw refuse(
          request,
          from,
          status,
          "it redirects from https to " + target + ", which is not encrypted");
    }
  }

  private static RegistryException refuse(Request request, URI from, int status, String why) {
    return new RegistryException(
        RequestLine.of(request.method(), from), status, List.of(new Detail("", why)), null);
  }
}
