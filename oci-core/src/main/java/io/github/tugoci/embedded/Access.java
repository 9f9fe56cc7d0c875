package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.reference.RepositoryName;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Decides who may do what. */
final class Access {
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9.-]+(:\\d+)?|\\[[0-9a-f:]+](:\\d+)?");
  private static final String NOBODY = "";

  private final Map<String, String> passwords;
  private final List<Grant> grants;
  private final boolean bearer;
  private final Tokens tokens;
  private final URI uri;

  Access(EmbeddedRegistryOptions options, Tokens tokens, URI uri) {
    this.passwords = options.passwords;
    this.grants = options.grants;
    this.bearer = options.tokens;
    this.tokens = tokens;
    this.uri = uri;
  }

  /** Who the service is, in challenges and tokens. */
  String service() {
    return uri.getAuthority();
  }

  /**
   * Goes on only for a user who is known.
   *
   * @throws Refusal with a challenge otherwise
   */
  void requireUser(HttpRequest request) throws Refusal {
    if (grants.isEmpty()) {
      return;
    }
    boolean known =
        bearer ? claims(request).isPresent() : !basicUser(request).orElse(NOBODY).equals(NOBODY);
    if (!known) {
      throw unauthorized(request, "");
    }
  }

  /**
   * Goes on only for a user who may do something in a repository.
   *
   * @throws Refusal with a challenge, or without one if a user who is known may not
   */
  void require(HttpRequest request, RepositoryName repository, Right right) throws Refusal {
    if (allows(request, repository, right)) {
      return;
    }
    var name = repository.value();
    // whoever pushes reads as well, and a client that asks once should get both
    var scope = "repository:" + name + ":" + (right == Right.PUSH ? "pull,push" : right);
    if (bearer) {
      var claims = claims(request);
      var user = claims.isPresent() ? claims.get().user() : NOBODY;
      if (user.equals(NOBODY) || granted(user, name, right)) {
        throw unauthorized(
            request, scope + (claims.isPresent() ? "\",error=\"insufficient_scope" : ""));
      }
    } else if (basicUser(request).orElse(NOBODY).equals(NOBODY)) {
      throw unauthorized(request, scope);
    }
    throw new Refusal(403, ErrorCode.DENIED, "the user may not " + right + " in this repository");
  }

  /** Whether a request may do something in a repository. */
  boolean allows(HttpRequest request, RepositoryName repository, Right right) {
    var name = repository.value();
    if (grants.isEmpty()) {
      return true;
    }
    if (bearer) {
      return claims(request).filter(claims -> claims.allow(name, right)).isPresent();
    }
    return basicUser(request).filter(user -> granted(user, name, right)).isPresent();
  }

  /** Whether a user has a right by the registry's options. */
  boolean granted(String user, String repository, Right right) {
    return grants.stream()
        .anyMatch(
            grant ->
                grant.gives(user, repository, right) || grant.gives(NOBODY, repository, right));
  }

  private Optional<Tokens.Claims> claims(HttpRequest request) {
    return credentials(request, "Bearer ")
        .flatMap(token -> tokens.verify(Tokens.Kind.ACCESS, token));
  }

  /** Who a request says it comes from; nobody's empty name, or empty for a wrong password. */
  Optional<String> basicUser(HttpRequest request) {
    if (request.header("Authorization").isEmpty()) {
      return Optional.of(NOBODY);
    }
    try {
      return credentials(request, "Basic ")
          .map(basic -> new String(Base64.getDecoder().decode(basic), UTF_8).split(":", 2))
          .filter(pair -> pair.length == 2)
          .flatMap(pair -> user(pair[0], pair[1]));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A user with the right password. */
  Optional<String> user(String name, String password) {
    var expected = passwords.get(name);
    return expected != null && Tokens.same(expected, password)
        ? Optional.of(name)
        : Optional.empty();
  }

  private static Optional<String> credentials(HttpRequest request, String scheme) {
    return request
        .header("Authorization")
        .filter(value -> value.regionMatches(true, 0, scheme, 0, scheme.length()))
        .map(value -> value.substring(scheme.length()).strip());
  }

  private Refusal unauthorized(HttpRequest request, String scope) {
    var challenge =
        bearer
            ? "Bearer realm=\"%s/token\",service=\"%s\"%s"
                .formatted(
                    origin(request), service(), scope.isEmpty() ? "" : ",scope=\"" + scope + "\"")
            : "Basic realm=\"" + service() + "\"";
    return new Refusal(401, ErrorCode.UNAUTHORIZED, "authentication is required")
        .with("WWW-Authenticate", challenge);
  }

  /** The registry's address as this client knows it. */
  private String origin(HttpRequest request) {
    return request
        .header("Host")
        .filter(host -> HOST.matcher(host).matches())
        .map(host -> uri.getScheme() + "://" + host)
        .orElse(uri.toString());
  }

  /** The part of some scopes that a user has, as claims name it. */
  List<String> grantedScopes(String user, List<String> scopes) {
    return scopes.stream()
        .flatMap(several -> Pattern.compile(" ").splitAsStream(several))
        .map(scope -> scope.split(":", -1))
        .filter(parts -> parts.length == 3 && parts[0].equals("repository"))
        .flatMap(parts -> actions(user, parts[1], parts[2]).stream())
        .distinct()
        .collect(Collectors.toList());
  }

  private List<String> actions(String user, String repository, String actions) {
    var wanted = List.of(actions.split(",", -1));
    return List.of(Right.values()).stream()
        .filter(right -> wanted.contains("*") || wanted.contains(right.toString()))
        .filter(right -> granted(user, repository, right))
        .map(right -> repository + ":" + right)
        .toList();
  }
}
