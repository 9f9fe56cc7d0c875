package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Issues tokens to users: with GET and basic authentication, or with POST as OAuth2 says (Docker's
 * token authentication specification).
 */
final class TokenEndpoint {
  private static final int MAX_FORM = 64 * 1024;
  private static final Duration REFRESH_LIFETIME = Duration.ofDays(1);

  private final AccessPolicy access;
  private final TokenIssuer tokens;
  private final Duration lifetime;

  TokenEndpoint(AccessPolicy access, TokenIssuer tokens, Duration lifetime) {
    this.access = access;
    this.tokens = tokens;
    this.lifetime = lifetime;
  }

  HttpResponse answer(HttpRequest request) throws IOException, HttpError {
    return switch (request.method()) {
      case "GET", "HEAD" -> get(request);
      case "POST" -> post(request);
      default ->
          throw new HttpError(
                  405, ErrorCode.UNSUPPORTED, "method not allowed: expected GET or POST")
              .with("Allow", "GET, HEAD, POST");
    };
  }

  private HttpResponse get(HttpRequest request) throws HttpError {
    var user = access.basicUser(request).orElseThrow(this::refused);
    boolean refresh = request.parameter("offline_token").equals(Optional.of("true"));
    return token(user, request.parameters("scope"), refresh && !user.isEmpty());
  }

  private HttpResponse post(HttpRequest request) throws IOException, HttpError {
    var form = form(request);
    var user =
        switch (form.parameter("grant_type").orElse("")) {
          case "refresh_token" ->
              tokens
                  .verify(TokenIssuer.Kind.REFRESH, form.parameter("refresh_token").orElse(""))
                  .map(TokenIssuer.Claims::user);
          case "password" ->
              access.user(
                  form.parameter("username").orElse(""), form.parameter("password").orElse(""));
          default -> throw new HttpError(400, ErrorCode.UNSUPPORTED, "the grant_type is unknown");
        };
    boolean refresh =
        form.parameter("grant_type").equals(Optional.of("refresh_token"))
            || form.parameter("access_type").equals(Optional.of("offline"));
    return token(user.orElseThrow(this::refused), form.parameters("scope"), refresh);
  }

  /** The request with the form's fields as its parameters. */
  private static HttpRequest form(HttpRequest request) throws IOException, HttpError {
    var bytes = request.body().readNBytes(MAX_FORM + 1);
    if (bytes.length > MAX_FORM) {
      throw new HttpError(413, ErrorCode.SIZE_INVALID, "the form is too long");
    }
    try {
      return request.withQuery(HttpRequest.parseQuery(new String(bytes, UTF_8)));
    } catch (IllegalArgumentException e) {
      throw new HttpError(400, ErrorCode.UNSUPPORTED, "the form has a malformed escape");
    }
  }

  private HttpError refused() {
    return new HttpError(401, ErrorCode.UNAUTHORIZED, "unknown user or wrong password")
        .with("WWW-Authenticate", "Basic realm=\"" + access.service() + "\"");
  }

  private HttpResponse token(String user, List<String> wanted, boolean refresh) {
    var claims = new TokenIssuer.Claims(user, access.grantedScopes(user, wanted));
    var token = tokens.issue(TokenIssuer.Kind.ACCESS, claims, lifetime);
    var json = new LinkedHashMap<String, Object>();
    json.put("token", token);
    json.put("access_token", token);
    json.put("expires_in", lifetime.toSeconds());
    json.put("issued_at", Instant.now().toString());
    if (refresh) {
      var forever = new TokenIssuer.Claims(user, List.of());
      json.put("refresh_token", tokens.issue(TokenIssuer.Kind.REFRESH, forever, REFRESH_LIFETIME));
    }
    return HttpResponse.status(200)
        .header("Cache-Control", "no-store")
        .body("application/json", Json.write(json));
  }
}
