package io.github.tugoci.transport;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.net.HostProfile;
import io.github.tugoci.net.Origin;
import io.github.tugoci.net.TransportOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is sent as Authorization to one registry: before it asks, if it is known to ask, and after.
 */
final class Authorizer {
  /** What GHCR's challenge at {@code /v2/} asks for; no token is to be had for it. */
  private static final String PLACEHOLDER = "user/image";

  private static final int MAX_TOLD = 10;

  private final String host;
  private final Origin origin;
  private final TokenCache tokens;
  private final Supplier<HostProfile> profile;
  private final Learner learner;
  private final TransportOptions options;
  private final RecentMap<URI, Boolean> told = new RecentMap<>(MAX_TOLD);
  private volatile boolean confirmed;

  /** Changes what is known of the host. */
  interface Learner {
    void learn(UnaryOperator<HostProfile> change);
  }

  Authorizer(
      String host,
      Origin origin,
      TokenCache tokens,
      TransportOptions options,
      Supplier<HostProfile> profile,
      Learner learner) {
    this.host = host;
    this.origin = origin;
    this.tokens = tokens;
    this.options = options;
    this.profile = profile;
    this.learner = learner;
  }

  /** What a request takes along on its first way; null for nothing. */
  @Nullable String before(Request request, Optional<Credential> credential) throws IOException {
    if (credential.orElse(null) instanceof Credential.BearerToken bearer) {
      return "Bearer " + bearer.token();
    }
    var known = profile.get();
    if (known.basic() && credential.orElse(null) instanceof Credential.Password password) {
      return password.basic();
    }
    if (known.tokenRealm() == null || request.scopes().isEmpty()) {
      return null;
    }
    if (!options.realmPolicy().allows(host, known.tokenRealm())) {
      return null;
    }
    tell(known.tokenRealm(), credential);
    var server = new TokenClient(host, known.tokenRealm(), known.tokenService());
    try {
      return tokens.get(server, request.scopes(), credential).authorization();
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      if (confirmed) {
        throw e;
      }
      // What was remembered may be out of date: the registry itself will say where to go.
      learner.learn(profile -> profile.withTokens(null, null));
      return null;
    }
  }

  /**
   * What a request takes along after a 401.
   *
   * @param refused what it took along before, or null
   * @param answer the 401, for the exception
   * @throws AuthenticationException if there is nothing better
   */
  String after(
      Request request,
      List<Challenge> challenges,
      @Nullable String refused,
      Optional<Credential> credential,
      RegistryException answer)
      throws IOException {
    if (credential.orElse(null) instanceof Credential.BearerToken bearer && refused != null) {
      throw new AuthenticationException("%s refuses the %s".formatted(host, bearer), answer);
    }
    for (var challenge : challenges) {
      var realm = challenge.parameter("realm");
      if (challenge.scheme().equals("bearer") && realm.isPresent()) {
        return bearer(request, challenge, realm.get(), refused, credential, answer);
      }
    }
    for (var challenge : challenges) {
      if (challenge.scheme().equals("basic")) {
        return basic(refused, credential, answer);
      }
    }
    throw new AuthenticationException(
        host + " wants authentication, but neither with a token nor with a password", answer);
  }

  /**
   * Whether a registry that refused a token asks for the password itself, and there is one: some
   * serve parts of their API behind a proxy with a login of its own.
   */
  static boolean asksForPassword(
      List<Challenge> challenges, @Nullable String refused, Optional<Credential> credential) {
    return refused != null
        && refused.startsWith("Bearer ")
        && credential.orElse(null) instanceof Credential.Password
        && challenges.stream().noneMatch(challenge -> challenge.scheme().equals("bearer"))
        && challenges.stream().anyMatch(challenge -> challenge.scheme().equals("basic"));
  }

  private String bearer(
      Request request,
      Challenge challenge,
      String realm,
      @Nullable String refused,
      Optional<Credential> credential,
      RegistryException answer)
      throws IOException {
    var uri = TokenRealmPolicy.check(origin, realm);
    if (!options.realmPolicy().allows(host, uri)) {
      throw new AuthenticationException(
          "%s sends for a token to %s, which the realm policy doesn't allow; refused"
              .formatted(host, Origin.of(uri)),
          answer);
    }
    tell(uri, credential);
    var service = challenge.parameter("service").orElse(null);
    learner.learn(profile -> profile.withTokens(uri, service).withBasic(false));
    confirmed = true;
    boolean renewal = refused != null && tokens.forget(refused);
    var wanted = new ArrayList<>(request.scopes());
    if (wanted.isEmpty() || renewal) {
      challenge.parameter("scope").ifPresent(asked -> add(asked, wanted));
    }
    return tokens.get(new TokenClient(host, uri, service), wanted, credential).authorization();
  }

  /** A person should be able to see where a password goes. */
  private void tell(URI realm, Optional<Credential> credential) {
    if (credential.isPresent()
        && !Origin.of(realm).host().equals(origin.host())
        && told.get(realm) == null) {
      told.put(realm, true);
      options
          .notes()
          .accept(
              "%s names %s as its token server: the %s is sent there"
                  .formatted(host, Origin.of(realm), credential.get()));
    }
  }

  private String basic(
      @Nullable String refused, Optional<Credential> credential, RegistryException answer)
      throws AuthenticationException {
    if (!(credential.orElse(null) instanceof Credential.Password password)) {
      throw new AuthenticationException(
          credential.isEmpty()
              ? host + " requires a login: no credential found"
              : "%s requires a password: found only the %s".formatted(host, credential.get()),
          answer);
    }
    var basic = password.basic();
    if (basic.equals(refused)) {
      throw new AuthenticationException("%s refuses the %s".formatted(host, password), answer);
    }
    learner.learn(profile -> profile.withBasic(true).withTokens(null, null));
    return basic;
  }

  /** How many tokens are kept. */
  int size() {
    return tokens.size();
  }

  /** Adds the scopes that a challenge names; what can't be read is left out. */
  private static void add(String asked, List<Scope> wanted) {
    for (var text : asked.strip().split("\\s+", -1)) {
      int first = text.indexOf(':');
      int last = text.lastIndexOf(':');
      if (first > 0 && last > first && last < text.length() - 1) {
        var name = text.substring(first + 1, last);
        var actions = new TreeSet<>(Set.of(text.substring(last + 1).split(",", -1)));
        var scope = new Scope(text.substring(0, first), name, actions);
        if (!name.equals(PLACEHOLDER) && wanted.stream().noneMatch(own -> own.covers(scope))) {
          wanted.add(scope);
        }
      }
    }
  }
}
