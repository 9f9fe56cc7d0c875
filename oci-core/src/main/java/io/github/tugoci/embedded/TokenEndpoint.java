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
 * Gives tokens to users: with GET and basic authentication, or with POST as OAuth2 says (Docker's
 * token authentication specification).
 */
final class TokenEndpoint {
  private static final int MAX_FORM = 64 * 1024;
  private static final Duration REFRESH_LIFETIME = Duration.ofDays(1);

  private final Access access;
  private final Tokens tokens;
  private final Duration lifetime;

  TokenEndpoint(Access access, Tokens tokens, Duration lifetime) {
    this.access = access;
    this.tokens = tokens;
    this.lifetime = lifetime;
  }

  HttpResponse answer(HttpRequest request) throws IOException, Refusal {
    return switch (request.method()) {
      case "GET", "HEAD" -> get(request);
      case "POST" -> post(request);
      default ->
          throw new Refusal(405, ErrorCode.UNSUPPORTED, "tokens are got by GET and POST")
              .with("Allow", "GET, HEAD, POST");
    };
  }

  private HttpResponse get(HttpRequest request) throws Refusal {
    var user = access.basicUser(request).orElseThrow(this::refused);
    boolean refresh = request.parameter("offline_token").equals(Optional.of("true"));
    return token(user, request.parameters("scope"), refresh && !user.isEmpty());
  }

  private HttpResponse post(HttpRequest request) throws IOException, Refusal {
    var form = form(request);
    var user =
        switch (form.parameter("grant_type").orElse("")) {
          case "refresh_token" ->
              tokens
                  .verify(Tokens.Kind.REFRESH, form.parameter("refresh_token").orElse(""))
                  .map(Tokens.Claims::user);
          case "password" ->
              access.user(
                  form.parameter("username").orElse(""), form.parameter("password").orElse(""));
          default -> throw new Refusal(400, ErrorCode.UNSUPPORTED, "the grant_type is unknown");
        };
    boolean refresh =
        form.parameter("grant_type").equals(Optional.of("refresh_token"))
            || form.parameter("access_type").equals(Optional.of("offline"));
    return token(user.orElseThrow(this::refused), form.parameters("scope"), refresh);
  }

  /** The request with the form's fields as its parameters. */
  private static HttpRequest form(HttpRequest request) throws IOException, Refusal {
    var bytes = request.body().readNBytes(MAX_FORM + 1);
    if (bytes.length > MAX_FORM) {
      throw new Refusal(413, ErrorCode.SIZE_INVALID, "the form is too long");
    }
    try {
      return request.withQuery(HttpRequest.parseQuery(new String(bytes, UTF_8)));
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, ErrorCode.UNSUPPORTED, "the form has a malformed escape");
    }
  }

  private Refusal refused() {
    return new Refusal(401, ErrorCode.UNAUTHORIZED, "unknown user or wrong password")
        .with("WWW-Authenticate", "Basic realm=\"" + access.service() + "\"");
  }

  private HttpResponse token(String user, List<String> wanted, boolean refresh) {
    var claims = new Tokens.Claims(user, access.grantedScopes(user, wanted));
    var token = tokens.issue(Tokens.Kind.ACCESS, claims, lifetime);
    var json = new LinkedHashMap<String, Object>();
    json.put("token", token);
    json.put("access_token", token);
    json.put("expires_in", lifetime.toSeconds());
    json.put("issued_at", Instant.now().toString());
    if (refresh) {
      var forever = new Tokens.Claims(user, List.of());
      json.put("refresh_token", tokens.issue(Tokens.Kind.REFRESH, forever, REFRESH_LIFETIME));
    }
    return HttpResponse.status(200)
        .header("Cache-Control", "no-store")
        .body("application/json", Json.write(json));
  }
}
