package io.github.tugoci.auth;

import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the credential for a repository. */
@FunctionalInterface
public interface Keychain {
  /** Finds nothing: everything is asked for anonymously. */
  Keychain ANONYMOUS = (host, repository) -> Optional.empty();

  /**
   * Finds a credential. A client asks on several threads, keeps the answer, and asks again when the
   * credential expires ({@link Credential#expiry}) or was refused.
   *
   * @param host the registry, {@code HOST[:PORT]}, as references have it
   * @param repository the repository; null for the registry as a whole
   * @return the credential; empty if there is none, which means to ask anonymously
   * @throws AuthenticationException if a source is there but broken
   */
  Optional<Credential> find(String host, @Nullable RepositoryName repository) throws IOException;

  /** One credential, for exactly one host. */
  static Keychain of(String host, Credential credential) {
    return (asked, repository) -> asked.equals(host) ? Optional.of(credential) : Optional.empty();
  }

  /** The first credential that one of several keychains finds. */
  static Keychain firstOf(Keychain... keychains) {
    var order = keychains.clone();
    return (host, repository) -> {
      for (var keychain : order) {
        var found = keychain.find(host, repository);
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    };
  }
}
