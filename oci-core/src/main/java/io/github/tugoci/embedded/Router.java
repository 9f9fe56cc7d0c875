package io.github.tugoci.embedded;

import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Routes requests to handlers (distribution-spec, "Endpoints") if they are allowed. */
final class Router implements HttpConnection.Handler, AutoCloseable {
  private static final String READ = "GET, HEAD";

  /** The endpoints below a repository; a name may hold their words, so the last one counts. */
  private enum Route {
    TAGS("tags/list()", READ),
    UPLOADS("blobs/uploads/?()", "POST"),
    UPLOAD("blobs/uploads/([^/]+)", "GET, PATCH, PUT, DELETE"),
    BLOBS("blobs/([^/]+)", "GET, HEAD, DELETE"),
    MANIFESTS("manifests/([^/]+)", "GET, HEAD, PUT, DELETE"),
    REFERRERS("referrers/([^/]+)", READ);

    private final Pattern path;
    private final String methods;

    Route(String path, String methods) {
      this.path = Pattern.compile("/v2/(.+)/" + path, Pattern.DOTALL);
      this.methods = methods;
    }

    Permission right(String method) {
      if (this == UPLOADS || this == UPLOAD || method.equals("PUT")) {
        return Permission.PUSH;
      }
      return method.equals("DELETE") ? Permission.DELETE : Permission.PULL;
    }
  }

  private final AccessPolicy access;
  private final boolean readOnly;
  private final boolean referrers;
  private final @Nullable TokenEndpoint tokens;
  private final ListHandler listings;
  private final BlobHandler blobs;
  private final BlobUploads uploads;
  private final ManifestHandler manifests;

  Router(EmbeddedRegistryOptions options, Storage storage, URI uri) {
    var seal = new TokenIssuer();
    access = new AccessPolicy(options, seal, uri);
    readOnly = options.readOnly();
    referrers = options.referrers();
    tokens =
        options.users().tokens
            ? new TokenEndpoint(access, seal, options.users().tokenLifetime)
            : null;
    listings = new ListHandler(storage, options.limits().pageSize());
    blobs = new BlobHandler(storage);
    uploads = new BlobUploads(options, storage, access);
    manifests = new ManifestHandler(storage, options);
  }

  @Override
  public HttpResponse answer(HttpRequest request) throws IOException {
    HttpResponse response;
    try {
      response = route(request);
    } catch (HttpError e) {
      response = e.response();
    }
    return response.header("Docker-Distribution-API-Version", "registry/2.0");
  }

  private HttpResponse route(HttpRequest request) throws IOException, HttpError {
    var path = request.path();
    if (path.equals("/token") && tokens != null) {
      return tokens.answer(request);
    }
    if (path.equals("/v2/") || path.equals("/v2") || path.equals("/v2/_catalog")) {
      requireMethod(request, READ);
      if (path.endsWith("_catalog")) {
        return listings.repositories(request, access.requireCatalog(request));
      }
      access.requireUser(request);
      return HttpResponse.status(200).body("application/json", new byte[] {'{', '}'});
    }
    for (var route : Route.values()) {
      var match = route.path.matcher(path);
      if (match.matches() && (referrers || route != Route.REFERRERS)) {
        return answer(request, route, match);
      }
    }
    throw new HttpError(404, ErrorCode.UNSUPPORTED, "unknown path");
  }

  private HttpResponse answer(HttpRequest request, Route route, Matcher match)
      throws IOException, HttpError {
    var name = name(match.group(1));
    requireMethod(request, route.methods);
    var right = route.right(request.method());
    var from = route == Route.UPLOADS ? BlobUploads.mountSource(request) : null;
    access.require(request, name, right, from);
    if (readOnly && right != Permission.PULL) {
      throw new HttpError(405, ErrorCode.UNSUPPORTED, "the registry is read-only")
          .with("Allow", READ);
    }
    var last = match.group(2);
    return switch (route) {
      case TAGS -> listings.tags(request, name);
      case UPLOADS -> uploads.start(request, name);
      case UPLOAD -> uploads.handleSession(request, name, last);
      case BLOBS -> blobs.answer(request, name, digest(last));
      case MANIFESTS -> manifests.answer(request, name, last);
      case REFERRERS -> listings.referrers(request, name, digest(last));
    };
  }

  private static void requireMethod(HttpRequest request, String allowed) throws HttpError {
    if (!List.of(allowed.split(", ", -1)).contains(request.method())) {
      throw new HttpError(405, ErrorCode.UNSUPPORTED, "the method is not supported here")
          .with("Allow", allowed);
    }
  }

  private static RepositoryName name(String text) throws HttpError {
    try {
      return RepositoryName.parse(text);
    } catch (InvalidReferenceException e) {
      throw new HttpError(400, ErrorCode.NAME_INVALID, "the repository's name " + e.fault());
    }
  }

  /** Reads a digest that a client gave. */
  static Digest digest(String text) throws HttpError {
    try {
      return Digest.parse(text);
    } catch (InvalidReferenceException e) {
      throw new HttpError(400, ErrorCode.DIGEST_INVALID, "the digest " + e.fault());
    }
  }

  @Override
  public void close() throws IOException {
    uploads.close();
  }
}
