package io.github.tugoci.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What proves to a registry who asks. Its secret never shows in {@code toString}. */
public sealed interface Credential {
  /** Where it was found, for a person: {@code GHCR_TOKEN}, {@code ~/.docker/config.json}. */
  String source();

  /**
   * A user name with a password or a personal access token.
   *
   * @param username the user name
   * @param password the secret
   * @param source where it was found
   */
  record Password(String username, String password, String source) implements Credential {
    /** The value of an Authorization header with these (RFC 7617; UTF-8). */
    public String basic() {
      var pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** The user name and the source. */
    @Override
    public String toString() {
      return "password of " + username + " from " + source;
    }
  }

  /**
   * A refresh token, which a token server changes for bearer tokens (Docker's {@code
   * identitytoken}).
   *
   * @param token the secret
   * @param source where it was found
   */
  record IdentityToken(String token, String source) implements Credential {
    /** The source. */
    @Override
    public String toString() {
      return "identity token from " + source;
    }
  }

  /**
   * A token that is sent to the registry as it is (Docker's {@code registrytoken}).
   *
   * @param token the secret
   * @param source where it was found
   */
  record BearerToken(String token, String source) implements Credential {
    /** The source. */
    @Override
    public String toString() {
      return "bearer token from " + source;
    }
  }
}
