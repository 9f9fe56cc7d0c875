package io.github.tugoci.embedded;

import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what a request means (distribution-spec, "Endpoints") and whether it is allowed. */
final class Router implements HttpConnection.Handler {
  private static final Map<String, Right> READ = Map.of("GET", Right.PULL, "HEAD", Right.PULL);

  /** The endpoints below a repository; a name may hold their words, so the last one counts. */
  private enum Route {
    TAGS("tags/list()", READ),
    UPLOADS("blobs/uploads/?()", Map.of("POST", Right.PUSH)),
    UPLOAD(
        "blobs/uploads/([^/]+)",
        Map.of("GET", Right.PUSH, "PATCH", Right.PUSH, "PUT", Right.PUSH, "DELETE", Right.PUSH)),
    BLOBS("blobs/([^/]+)", Map.of("GET", Right.PULL, "HEAD", Right.PULL, "DELETE", Right.DELETE)),
    MANIFESTS(
        "manifests/([^/]+)",
        Map.of("GET", Right.PULL, "HEAD", Right.PULL, "PUT", Right.PUSH, "DELETE", Right.DELETE)),
    REFERRERS("referrers/([^/]+)", READ);

    private final Pattern path;
    private final Map<String, Right> methods;

    Route(String path, Map<String, Right> methods) {
      this.path = Pattern.compile("/v2/(.+)/" + path);
      this.methods = methods;
    }
  }

  private final Access access;
  private final boolean readOnly;
  private final @Nullable TokenEndpoint tokens;
  private final Listings listings;
  private final Blobs blobs;
  private final BlobUploads uploads;
  private final Manifests manifests;

  Router(EmbeddedRegistryOptions options, Storage storage, URI uri) {
    var seal = new Tokens();
    access = new Access(options, seal, uri);
    readOnly = options.readOnly;
    tokens = options.tokens ? new TokenEndpoint(access, seal, options.tokenLifetime) : null;
    listings = new Listings(storage, options.pageSize);
    blobs = new Blobs(storage);
    uploads = new BlobUploads(options, storage, access);
    manifests = new Manifests(storage, options.manifestLimit);
  }

  @Override
  public HttpResponse answer(HttpRequest request) throws IOException {
    HttpResponse response;
    try {
      response = route(request);
    } catch (Refusal e) {
      response = e.response();
    }
    return response.header("Docker-Distribution-API-Version", "registry/2.0");
  }

  private HttpResponse route(HttpRequest request) throws IOException, Refusal {
    var path = request.path();
    if (path.equals("/token") && tokens != null) {
      return tokens.answer(request);
    }
    if (path.equals("/v2/") || path.equals("/v2") || path.equals("/v2/_catalog")) {
      requireMethod(request, READ);
      access.requireUser(request);
      return path.endsWith("_catalog")
          ? listings.repositories(request, name -> access.allows(request, name, Right.PULL))
          : HttpResponse.status(200).body("application/json", new byte[] {'{', '}'});
    }
    for (var route : Route.values()) {
      var match = route.path.matcher(path);
      if (match.matches()) {
        return answer(request, route, match);
      }
    }
    throw new Refusal(404, ErrorCode.UNSUPPORTED, "there is nothing at this path");
  }

  private HttpResponse answer(HttpRequest request, Route route, Matcher match)
      throws IOException, Refusal {
    var name = name(match.group(1));
    var right = requireMethod(request, route.methods);
    access.require(request, name, right);
    if (readOnly && right != Right.PULL) {
      throw new Refusal(405, ErrorCode.UNSUPPORTED, "the registry is read-only")
          .with("Allow", "GET, HEAD");
    }
    var last = match.group(2);
    return switch (route) {
      case TAGS -> listings.tags(request, name);
      case UPLOADS -> uploads.start(request, name);
      case UPLOAD -> uploads.goOn(request, name, last);
      case BLOBS -> blobs.answer(request, name, digest(last));
      case MANIFESTS -> manifests.answer(request, name, last);
      case REFERRERS -> listings.referrers(request, name, digest(last));
    };
  }

  private static Right requireMethod(HttpRequest request, Map<String, Right> methods)
      throws Refusal {
    var right = methods.get(request.method());
    if (right == null) {
      throw new Refusal(405, ErrorCode.UNSUPPORTED, "the method is not supported here")
          .with("Allow", String.join(", ", List.copyOf(methods.keySet())));
    }
    return right;
  }

  private static RepositoryName name(String text) throws Refusal {
    try {
      return RepositoryName.parse(text);
    } catch (InvalidReferenceException e) {
      throw new Refusal(400, ErrorCode.NAME_INVALID, "the repository's name " + e.fault());
    }
  }

  /** Reads a digest that a client gave. */
  static Digest digest(String text) throws Refusal {
    try {
      return Digest.parse(text);
    } catch (InvalidReferenceException e) {
      throw new Refusal(400, ErrorCode.DIGEST_INVALID, "the digest " + e.fault());
    }
  }
}
