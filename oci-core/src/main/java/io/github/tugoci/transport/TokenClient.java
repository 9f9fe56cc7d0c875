package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.content.Blob;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.json.Json;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.text.SentSecrets;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a registry's tokens come from (Docker's token specification): GET with Basic, or POST with
 * a refresh token (OAuth2) where that is what we have.
 *
 * @param registry the registry's name, for messages
 * @param realm the URL to ask
 * @param service what the server calls the registry, or null
 */
record TokenClient(String registry, URI realm, @Nullable String service) {
  private static final int MAX_ANSWER = 1 << 20;
  private static final MediaType FORM = new MediaType("application/x-www-form-urlencoded");

  /**
   * Asks for a token.
   *
   * @param credential who asks; null asks anonymously
   * @throws AuthenticationException if the server refuses
   * @throws NetworkException if it answers with something else than a token, as a proxy's page
   */
  Token fetch(Redirects wire, List<Scope> scopes, @Nullable Credential credential)
      throws IOException {
    long asked = System.nanoTime();
    try (var response = fetchToken(wire, scopes, credential)) {
      if (response.status() / 100 != 2) {
        throw failure("GET", response, credential);
      }
      return read(response, scopes, asked);
    }
  }

  private Token read(Response response, List<Scope> scopes, long asked) throws IOException {
    try {
      response.buffer(MAX_ANSWER);
      var answer =
          Json.parseSecretObject(response.bytes().toArray(), "the answer of " + realm.getHost());
      return Token.from(answer, scopes, asked);
    } catch (InvalidContentException e) {
      var line = RequestLine.of("GET", response.uri());
      var type = response.headers().first("Content-Type").map(ErrorResponses::sanitize);
      throw new NetworkException(
          "the token service %s of %s answered %d with %s instead of a token: %s"
              .formatted(
                  line.url(),
                  registry,
                  response.status(),
                  type.orElse("a body without a type"),
                  e.getMessage()),
          line,
          1,
          e);
    }
  }

  private Response fetchToken(Redirects wire, List<Scope> scopes, @Nullable Credential credential)
      throws IOException {
    if (!(credential instanceof Credential.IdentityToken identity)) {
      var basic = credential instanceof Credential.Password password ? password.basic() : null;
      return get(wire, scopes, basic);
    }
    var response = post(wire, scopes, identity);
    if (response.status() / 100 == 2) {
      return response;
    }
    if (response.status() != 404 && response.status() != 405) {
      throw failure("POST", response, credential);
    }
    response.close();
    return get(wire, scopes, null);
  }

  private Response get(Redirects wire, List<Scope> scopes, @Nullable String authorization)
      throws IOException {
    var query = new StringBuilder(realm.getRawQuery() == null ? "?" : "&");
    if (service != null) {
      query.append("service=").append(encode(service)).append('&');
    }
    scopes.forEach(scope -> query.append("scope=").append(encode(scope.toString())).append('&'));
    query.setLength(query.length() - 1);
    var uri = URI.create(withoutFragment() + query);
    return wire.exchange(Request.of("GET", uri, registry).build(), uri, authorization);
  }

  private Response post(Redirects wire, List<Scope> scopes, Credential.IdentityToken identity)
      throws IOException {
    SentSecrets.add(identity.token());
    var scope = scopes.stream().map(Scope::toString).collect(Collectors.joining(" "));
    var form =
        "grant_type=refresh_token&client_id=tug"
            + (service == null ? "" : "&service=" + encode(service))
            + (scope.isEmpty() ? "" : "&scope=" + encode(scope))
            + "&refresh_token="
            + encode(identity.token());
    var request =
        Request.of("POST", realm, registry)
            .body(Blob.of(Bytes.of(form.getBytes(UTF_8))), FORM)
            .allowedStatuses(307, 308)
            .build();
    return wire.exchange(request, realm, null);
  }

  private IOException failure(String method, Response response, @Nullable Credential credential) {
    var answer = ErrorResponses.read(method, response);
    boolean refused =
        (answer.status() == 401 || answer.status() == 403 || answer.status() == 400)
            && answer.retryAfter().isEmpty();
    return refused ? refusal(answer, credential) : answer;
  }

  private AuthenticationException refusal(
      RegistryException answer, @Nullable Credential credential) {
    return new AuthenticationException(
        credential == null
            ? registry + " gives no token without a login"
            : "%s refuses the %s".formatted(registry, credential),
        answer);
  }

  private String withoutFragment() {
    var text = realm.toString();
    int hash = text.indexOf('#');
    return hash < 0 ? text : text.substring(0, hash);
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, UTF_8);
  }
}
