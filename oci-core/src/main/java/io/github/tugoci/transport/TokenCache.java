package io.github.tugoci.transport;

import io.github.tugoci.auth.Credential;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The tokens that a client has for one registry, by credential. A token for more than is wanted
 * serves too; of several threads that want the same one, one asks and the others wait for it.
 */
final class TokenCache {
  private static final int MAX_CREDENTIALS = 100;

  /** Of one credential; so many repositories are seldom used within a token's life. */
  private static final int MAX_TOKENS = 1000;

  private final Redirects wire;
  private final RecentMap<Optional<Credential>, List<Token>> kept =
      new RecentMap<>(MAX_CREDENTIALS);

  /** By credential and scopes as text; no record, for the reason in Digest. */
  private final SingleFlight<List<Object>, Token> fetches = new SingleFlight<>();

  TokenCache(Redirects wire) {
    this.wire = wire;
  }

  /** A token that is kept, or a new one. */
  Token get(TokenClient server, List<Scope> scopes, Optional<Credential> credential)
      throws IOException {
    var found = find(scopes, credential);
    return found.isPresent()
        ? found.get()
        : fetches.run(
            List.of(credential, scopes.toString()), () -> fetch(server, scopes, credential));
  }

  private Token fetch(TokenClient server, List<Scope> scopes, Optional<Credential> credential)
      throws IOException {
    var found = find(scopes, credential);
    if (found.isPresent()) {
      return found.get();
    }
    var token = server.fetch(wire, scopes, credential.orElse(null));
    var tokens = of(credential);
    synchronized (tokens) {
      if (tokens.size() >= MAX_TOKENS) {
        tokens.remove(0);
      }
      tokens.add(token);
    }
    return token;
  }

  /** A kept token that serves for these scopes. */
  Optional<Token> find(List<Scope> scopes, Optional<Credential> credential) {
    long now = System.nanoTime();
    var tokens = of(credential);
    tokens.removeIf(token -> !token.isFresh(now));
    return tokens.stream().filter(token -> token.covers(scopes)).findFirst();
  }

  /** Forgets a token that was refused; whether it was one of ours. */
  boolean forget(String authorization) {
    boolean known = false;
    for (var tokens : kept.values()) {
      known |= tokens.removeIf(token -> token.authorization().equals(authorization));
    }
    return known;
  }

  private List<Token> of(Optional<Credential> credential) {
    return kept.computeIfAbsent(credential, key -> new CopyOnWriteArrayList<>());
  }

  /** How many tokens are kept. */
  int size() {
    return kept.values().stream().mapToInt(List::size).sum();
  }
}
