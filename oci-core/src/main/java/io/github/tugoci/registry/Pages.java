package io.github.tugoci.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.transport.Headers;
import io.github.tugoci.transport.Response;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a list: the registry's {@code Link: <…>; rel="next"} leads from one to the next (RFC
 * 8288). It must stay on the registry and never come back to a page.
 */
final class Pages {
  private static final Pattern NEXT =
      Pattern.compile("<([^>]*)>[^,<]*;\\s*rel=\"?next\"?(?=[\\s;,]|$)", Pattern.CASE_INSENSITIVE);

  private final Endpoint endpoint;
  private final String what;
  private final Set<URI> seen = new HashSet<>();
  private final String first;
  private @Nullable URI next;
  private final @Nullable MediaType type;
  private boolean started;

  Pages(Endpoint endpoint, String first, String what) {
    this(endpoint, first, what, null);
  }

  /**
   * Pages of a list that a registry may not have; then it answers with another type, or leads
   * elsewhere.
   */
  Pages(Endpoint endpoint, String first, String what, @Nullable MediaType type) {
    this.endpoint = endpoint;
    this.first = first;
    this.what = what;
    this.type = type;
  }

  boolean hasNext() {
    return !started || next != null;
  }

  /** A value as it stands in a query. */
  static String encode(String value) {
    return URLEncoder.encode(value, UTF_8);
  }

  JsonObject next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    var request = next == null ? endpoint.request("GET", first) : endpoint.request("GET", next);
    request.scopes(endpoint.pull()).about(what).reads(Manifest.MAX_SIZE);
    if (type != null) {
      request.answers(301, 302, 303, 307, 308);
    }
    try (var response = endpoint.send(request)) {
      if (type != null && !response.contentType().equals(Optional.of(type))) {
        throw new NotFoundException("%s has no %s".formatted(endpoint.host(), what));
      }
      started = true;
      seen.add(response.uri());
      next = following(response);
      return Json.parseObject(response.bytes().toArray(), what);
    }
  }

  private @Nullable URI following(Response response) throws InvalidContentException {
    var link = link(response.headers());
    if (link.isEmpty()) {
      return null;
    }
    URI target;
    try {
      target = response.resolve(link.get());
    } catch (IllegalArgumentException e) {
      throw new InvalidContentException(what + ": the link to the next page is malformed", e);
    }
    if (!String.valueOf(target.getAuthority()).equals(response.uri().getAuthority())
        || !String.valueOf(target.getScheme()).equals(response.uri().getScheme())) {
      throw new InvalidContentException(
          what + ": the next page is on another host, " + target.getAuthority());
    }
    if (!seen.add(target)) {
      throw new InvalidContentException(what + ": the pages lead in a circle");
    }
    return target;
  }

  private static Optional<String> link(Headers headers) {
    return headers.all("Link").stream()
        .map(NEXT::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .findFirst();
  }
}
