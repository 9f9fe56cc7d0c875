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
 * @param environment of which they get what they need; its PATH is where they are found
 * @param warnings told that a lookup failed, which then finds nothing; null lets it fail
 */
record CredentialHelpers(Map<String, String> environment, @Nullable Consumer<String> warnings) {

  CredentialHelpers {
    environment = Map.copyOf(environment);
  }

  CredentialHelper named(String name) throws AuthenticationException {
    return new CredentialHelper(name, environment, CredentialHelper.TIME_LIMIT);
  }

  /**
   * The helper of a name; empty, with a warning, if its program isn't there.
   *
   * @param otherwise what is done without it
   * @throws AuthenticationException if it isn't there and nobody is told, or its name is malformed
   */
  Optional<CredentialHelper> installed(String name, String otherwise)
      throws AuthenticationException {
    var helper = named(name);
    if (warnings == null || helper.isInstalled()) {
      return Optional.of(helper);
    }
    warnings.accept("docker-credential-" + name + " is not on the PATH; " + otherwise);
    return Optional.empty();
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
