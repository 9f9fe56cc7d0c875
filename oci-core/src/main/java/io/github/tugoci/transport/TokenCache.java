package io.github.tugoci.transport;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Scope;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The tokens that a client has for one registry, by credential. A token for more than is wanted
 * serves too; of several threads that want the same one, one asks and the others wait for it.
 */
final class TokenCache {
  private final Redirects wire;
  private final Map<Optional<Credential>, List<Token>> kept = new ConcurrentHashMap<>();
  private final Map<Want, Object> inFlight = new HashMap<>();

  private record Want(Optional<Credential> credential, List<Scope> scopes) {}

  TokenCache(Redirects wire) {
    this.wire = wire;
  }

  /** A token that is kept, or a new one. */
  Token get(TokenClient server, List<Scope> scopes, Optional<Credential> credential)
      throws IOException {
    var found = find(scopes, credential);
    if (found.isPresent()) {
      return found.get();
    }
    synchronized (lock(new Want(credential, scopes))) {
      found = find(scopes, credential);
      if (found.isPresent()) {
        return found.get();
      }
      var token = server.fetch(wire, scopes, credential.orElse(null));
      of(credential).add(token);
      return token;
    }
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

  private Object lock(Want want) {
    synchronized (inFlight) {
      return inFlight.computeIfAbsent(want, key -> new Object());
    }
  }
}
