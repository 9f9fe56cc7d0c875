package io.github.tugoci.transport;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.net.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the keychain has found for the repositories of one registry. It is asked once for each, as
 * it may have to start a program, and again when a credential expires or was refused. No lock is
 * held meanwhile: whoever asks for another repository doesn't wait.
 */
final class CredentialCache {
  private static final int MAX_REPOSITORIES = 1000;

  /** A credential is replaced before it expires: a request takes its time. */
  private static final Duration EXPIRY_MARGIN = Duration.ofSeconds(10);

  /** How long a refused credential is believed to be the keychain's only one. */
  private static final Duration REFUSED_FOR = Duration.ofMinutes(1);

  private final Source source;
  private final TimeSource time;
  private final RecentMap<String, Entry> found = new RecentMap<>(MAX_REPOSITORIES);
  private final SingleFlight<String, Optional<Credential>> lookUps = new SingleFlight<>();

  /** The keychain, for one registry. */
  @FunctionalInterface
  interface Source {
    /**
     * Finds a repository's credential.
     *
     * @param repository its name; empty for the registry as a whole
     */
    Optional<Credential> find(String repository) throws IOException;
  }

  /**
   * What was found.
   *
   * @param refused whether it was refused, and the keychain had no other then
   * @param deadline the {@link TimeSource#nanoTime} until which a refused one is believed to be the
   *     only one
   */
  private record Entry(Optional<Credential> credential, boolean refused, long deadline) {
    boolean isFresh(long now) {
      boolean expired =
          credential
              .flatMap(Credential::expiry)
              .filter(expiry -> !Instant.now().plus(EXPIRY_MARGIN).isBefore(expiry))
              .isPresent();
      return !expired && !(refused && now - deadline >= 0);
    }
  }

  CredentialCache(Source source, TimeSource time) {
    this.source = source;
    this.time = time;
  }

  /** A repository's credential; the keychain is asked where it isn't known. */
  Optional<Credential> get(String repository) throws IOException {
    var known = found.get(repository);
    return known != null && known.isFresh(time.nanoTime())
        ? known.credential()
        : lookUp(repository);
  }

  /**
   * Asks the keychain again after a refusal, which a password that was changed explains.
   *
   * @param used what was refused
   * @return the credential to use; the same if the keychain knows no other
   */
  Optional<Credential> renew(
      String repository, Optional<Credential> used, AuthenticationException refusal) {
    if (!(refusal.getCause() instanceof RegistryException answer)
        || (used.isEmpty() && answer.status() != 401)) {
      return used;
    }
    var known = found.get(repository);
    if (known != null && !known.credential().equals(used)) {
      return known.credential();
    }
    try {
      var newest = lookUp(repository);
      if (newest.equals(used)) {
        refuse(repository, used);
      }
      return newest;
    } catch (IOException e) {
      refusal.addSuppressed(e);
      return used;
    }
  }

  /** Notes that a credential was refused: the keychain is asked again, but not each time. */
  void refuse(String repository, Optional<Credential> used) {
    found.put(repository, new Entry(used, true, time.nanoTime() + REFUSED_FOR.toNanos()));
  }

  private Optional<Credential> lookUp(String repository) throws IOException {
    return lookUps.run(
        repository,
        () -> {
          var credential = source.find(repository);
          var before = found.get(repository);
          if (before != null && before.refused() && before.credential().equals(credential)) {
            refuse(repository, credential);
          } else {
            found.put(repository, new Entry(credential, false, 0));
          }
          return credential;
        });
  }

  int size() {
    return found.size();
  }
}
