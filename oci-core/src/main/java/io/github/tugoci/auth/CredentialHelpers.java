package io.github.tugoci.auth;

import io.github.tugoci.error.AuthenticationException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How the helpers that a config names are run, and what their failure means.
 *
 * @param environment theirs; its PATH is where they are found
 * @param warnings told that a lookup failed, which then finds nothing; null lets it fail
 */
record CredentialHelpers(Map<String, String> environment, @Nullable Consumer<String> warnings) {

  CredentialHelpers {
    environment = Map.copyOf(environment);
  }

  CredentialHelper named(String name) throws AuthenticationException {
    return new CredentialHelper(name, environment, CredentialHelper.TIME_LIMIT);
  }

  /** Asks one helper for a server's credential. */
  Optional<Credential> find(String name, String server) throws IOException {
    try {
      return named(name).find(server);
    } catch (AuthenticationException e) {
      if (warnings == null) {
        throw e;
      }
      warnings.accept(e.getMessage() + "; going on without it");
      return Optional.empty();
    }
  }
}
