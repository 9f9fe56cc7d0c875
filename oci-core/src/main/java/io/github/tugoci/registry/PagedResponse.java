package io.github.tugoci.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.LimitExceededException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.transport.Request;
import io.github.tugoci.transport.Response;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a list: the registry's {@code Link: <…>; rel="next"} leads from one to the next (RFC
 * 8288). It must stay on the registry and never come back to a page.
 */
final class PagedResponse {
  /** All pages together: what is listed is held in memory. */
  private static final long MAX_BYTES = 256L << 20;

  /** A registry that filters may send an empty page; one that only sends such has no end. */
  private static final int MAX_EMPTY = 100;

  private final RepositoryContext endpoint;
  private final String what;
  private final Set<URI> seen = new HashSet<>();
  private final String first;
  private final @Nullable String plain;
  private @Nullable URI next;
  private final @Nullable MediaType type;
  private boolean started;
  private int pages;
  private int empty;
  private long entries;
  private long bytes;

  /**
   * Pages of a list.
   *
   * @param first the path of the first page
   * @param plain the path to ask for where the registry refuses that one, as it does with a number
   *     of entries over its own limit
   */
  PagedResponse(RepositoryContext endpoint, String first, String plain, String what) {
    this(endpoint, first, plain, what, null);
  }

  /**
   * Pages of a list that a registry may not have; then it answers with another type, or leads
   * elsewhere.
   */
  PagedResponse(RepositoryContext endpoint, String first, String what, MediaType type) {
    this(endpoint, first, null, what, type);
  }

  private PagedResponse(
      RepositoryContext endpoint,
      String first,
      @Nullable String plain,
      String what,
      @Nullable MediaType type) {
    this.endpoint = endpoint;
    this.first = first;
    this.plain = plain;
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

  /** Whether a page came: what fails after that is no longer the registry's lack of such a list. */
  boolean isStarted() {
    return started;
  }

  JsonObject next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int most = endpoint.transport().listLimits().pages();
    if (++pages > most) {
      throw new LimitExceededException(what + ": more than " + most + " pages");
    }
    if (next != null) {
      return page(endpoint.request("GET", next));
    }
    try {
      return page(endpoint.request("GET", first));
    } catch (OciException refusal) {
      if (plain == null || plain.equals(first) || !isOfTheNumber(refusal)) {
        throw refusal;
      }
      return page(endpoint.request("GET", plain));
    }
  }

  /** Counts entries of the page that came last. */
  void count(int more) throws LimitExceededException {
    entries += more;
    int most = endpoint.transport().listLimits().entries();
    if (entries > most) {
      throw new LimitExceededException(what + ": more than " + most + " entries");
    }
    empty = more == 0 ? empty + 1 : 0;
    if (empty > MAX_EMPTY) {
      throw new LimitExceededException(
          "%s: more than %d empty pages in a row".formatted(what, MAX_EMPTY));
    }
  }

  private static boolean isOfTheNumber(OciException refusal) {
    return Refusals.mayBeOfTheWay(refusal)
        && !(refusal instanceof NotFoundException)
        && !(refusal instanceof AuthenticationException);
  }

  private JsonObject page(Request.Builder request) throws IOException {
    request.scopes(endpoint.pull()).description(what).reads(Manifest.MAX_SIZE);
    if (type != null) {
      request.allowedStatuses(301, 302, 303, 307, 308);
    }
    try (var response = endpoint.send(request)) {
      var json = checked(response);
      started = true;
      bytes += response.bytes().size();
      if (bytes > MAX_BYTES) {
        throw new LimitExceededException(what + ": more than " + MAX_BYTES + " bytes");
      }
      seen.add(response.uri());
      next = following(response);
      return json;
    }
  }

  /**
   * The page, if it is one. A web page or another document in its place says that there is no such
   * list; plain JSON that has a list's shape is one.
   */
  private JsonObject checked(Response response) throws OciException {
    if (type == null || response.contentType().equals(Optional.of(type))) {
      return Json.parseObject(response.bytes().toArray(), what);
    }
    if (response.status() / 100 == 2
        && response.contentType().equals(Optional.of(MediaType.JSON))) {
      var json = Json.parseObject(response.bytes().toArray(), what);
      var own = json.asMap().get("mediaType");
      if (json.asMap().get("manifests") instanceof List<?>
          && (own == null || own.equals(type.value()))) {
        return json;
      }
    }
    if (started) {
      throw new InvalidContentException(what + ": a later page is something else");
    }
    throw new NotFoundException("%s has no %s".formatted(endpoint.host(), what));
  }

  private @Nullable URI following(Response response) throws InvalidContentException {
    URI target;
    try {
      target = response.link("next").orElse(null);
    } catch (InvalidContentException e) {
      throw new InvalidContentException(what + ": " + e.getMessage(), e);
    }
    if (target == null) {
      return null;
    }
    if (!response.hasOriginOf(target)) {
      throw new InvalidContentException(
          what + ": the next page is on another host, " + target.getAuthority());
    }
    if (!seen.add(target)) {
      throw new InvalidContentException(what + ": the pages lead in a circle");
    }
    return target;
  }
}
