package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.reference.RepositoryName;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides which requests are allowed. */
final class AccessPolicy {
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9.-]+(:\\d+)?|\\[[0-9a-f:]+](:\\d+)?");
  private static final String NOBODY = "";
  private static final String CATALOG = TokenIssuer.Claims.CATALOG;

  private final Passwords passwords;
  private final List<AccessRule> grants;
  private final boolean bearer;
  private final TokenIssuer tokens;
  private final URI uri;

  AccessPolicy(EmbeddedRegistryOptions options, TokenIssuer tokens, URI uri) {
    this.passwords = new Passwords(options.users().passwords);
    this.grants = options.users().rules;
    this.bearer = options.users().tokens;
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
   * @throws HttpError with a challenge otherwise
   */
  void requireUser(HttpRequest request) throws HttpError {
    boolean known =
        grants.isEmpty() || (bearer ? claims(request).isPresent() : !asker(request).isEmpty());
    if (!known) {
      throw unauthorized(request, List.of());
    }
  }

  /**
   * Goes on only for a user who may list repositories.
   *
   * @return which of them the user may see
   * @throws HttpError with a challenge if the user isn't known, or the token isn't for that
   */
  Predicate<RepositoryName> requireCatalog(HttpRequest request) throws HttpError {
    if (grants.isEmpty()) {
      return name -> true;
    }
    var claims = bearer ? claims(request) : Optional.<TokenIssuer.Claims>empty();
    boolean may = bearer ? claims.filter(TokenIssuer.Claims::allowCatalog).isPresent() : true;
    var user = asker(request);
    if (user.isEmpty() || !may) {
      throw unauthorized(request, List.of(CATALOG));
    }
    return name -> granted(user, name.value(), Permission.PULL);
  }

  /**
   * Goes on only for a user who may do something in a repository.
   *
   * @param from the repository that a blob is to be mounted from, or null. Whoever may read it is
   *     asked for a token that says so; for others the mount becomes an upload.
   * @throws HttpError with a challenge, or without one if a user who is known may not
   */
  void require(
      HttpRequest request,
      RepositoryName repository,
      Permission right,
      @Nullable RepositoryName from)
      throws HttpError {
    if (grants.isEmpty()) {
      return;
    }
    var name = repository.value();
    // a client that pushes reads as well, and should get both by one token
    var scopes = new ArrayList<String>();
    scopes.add("repository:" + name + ":" + (right == Permission.PUSH ? "pull,push" : right));
    if (from != null && !from.equals(repository)) {
      scopes.add("repository:" + from.value() + ":pull");
    }
    if (bearer) {
      requireToken(request, name, right, from, scopes);
      return;
    }
    var user = basicUser(request);
    if (user.filter(known -> granted(known, name, right)).isPresent()) {
      return;
    }
    throw user.orElse(NOBODY).equals(NOBODY) ? unauthorized(request, scopes) : denied(right);
  }

  private void requireToken(
      HttpRequest request,
      String name,
      Permission right,
      @Nullable RepositoryName from,
      List<String> scopes)
      throws HttpError {
    var claims = claims(request);
    if (claims.isEmpty()) {
      throw unauthorized(request, scopes);
    }
    var user = claims.get().user();
    boolean mayMount =
        from == null
            || claims.get().allow(from.value(), Permission.PULL)
            || !granted(user, from.value(), Permission.PULL);
    if (claims.get().allow(name, right) && mayMount) {
      return;
    }
    throw user.equals(NOBODY) || granted(user, name, right)
        ? unauthorized(request, scopes)
        : denied(right);
  }

  private static HttpError denied(Permission right) {
    return new HttpError(
        403, ErrorCode.DENIED, "the user may not " + right + " in this repository");
  }

  /** Whether a request may do something in a repository. */
  boolean allows(HttpRequest request, RepositoryName repository, Permission right) {
    var name = repository.value();
    if (grants.isEmpty()) {
      return true;
    }
    if (bearer) {
      return claims(request).filter(claims -> claims.allow(name, right)).isPresent();
    }
    return basicUser(request).filter(user -> granted(user, name, right)).isPresent();
  }

  /** The user that a request comes from; empty for anonymous or a wrong credential. */
  private String asker(HttpRequest request) {
    return bearer
        ? claims(request).map(TokenIssuer.Claims::user).orElse(NOBODY)
        : basicUser(request).orElse(NOBODY);
  }

  /** Whether a user has a right by the registry's options. */
  boolean granted(String user, String repository, Permission right) {
    return grants.stream()
        .anyMatch(
            grant ->
                grant.gives(user, repository, right) || grant.gives(NOBODY, repository, right));
  }

  private Optional<TokenIssuer.Claims> claims(HttpRequest request) {
    return credentials(request, "Bearer ")
        .flatMap(token -> tokens.verify(TokenIssuer.Kind.ACCESS, token));
  }

  /**
   * Who a request says it comes from; the empty name for anonymous, an empty value for a wrong
   * password.
   */
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
    return passwords.verify(name, password) ? Optional.of(name) : Optional.empty();
  }

  private static Optional<String> credentials(HttpRequest request, String scheme) {
    return request
        .header("Authorization")
        .filter(value -> value.regionMatches(true, 0, scheme, 0, scheme.length()))
        .map(value -> value.substring(scheme.length()).strip());
  }

  private HttpError unauthorized(HttpRequest request, List<String> scopes) {
    var challenge = new StringBuilder();
    if (bearer) {
      challenge.append(
          "Bearer realm=\"%s/token\",service=\"%s\"".formatted(origin(request), service()));
      if (!scopes.isEmpty()) {
        challenge.append(",scope=\"").append(String.join(" ", scopes)).append('"');
        if (claims(request).isPresent()) {
          challenge.append(",error=\"insufficient_scope\"");
        }
      }
    } else {
      challenge.append("Basic realm=\"").append(service()).append('"');
    }
    return new HttpError(401, ErrorCode.UNAUTHORIZED, "authentication is required")
        .with("WWW-Authenticate", challenge.toString());
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
        .flatMap(scope -> grantedActions(user, scope).stream())
        .distinct()
        .toList();
  }

  private List<String> grantedActions(String user, String scope) {
    var parts = scope.split(":", -1);
    if (parts.length != 3) {
      return List.of();
    }
    var wanted = List.of(parts[2].split(",", -1));
    return switch (parts[0]) {
      case "registry" ->
          parts[1].equals("catalog") && wanted.contains("*") && !user.equals(NOBODY)
              ? List.of(CATALOG)
              : List.of();
      case "repository" ->
          List.of(Permission.values()).stream()
              .filter(right -> wanted.contains("*") || wanted.contains(right.toString()))
              .filter(right -> granted(user, parts[1], right))
              .map(right -> parts[1] + ":" + right)
              .toList();
      default -> List.of();
    };
  }
}
