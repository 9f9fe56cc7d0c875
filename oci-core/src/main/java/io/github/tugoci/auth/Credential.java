package io.github.tugoci.auth;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A credential for a registry. Its secret never shows in {@code toString}. */
public sealed interface Credential {
  /** Where it was found, for a person: {@code GHCR_TOKEN}, {@code ~/.docker/config.json}. */
  String source();

  /** When it expires, if that is known: the keychain is asked again by then. */
  Optional<Instant> expiry();

  /**
   * A user name with a password or a personal access token.
   *
   * @param username the user name
   * @param password the secret
   * @param source where it was found
   * @param expiresAt when it expires, or null if that isn't known
   */
  record Password(String username, String password, String source, @Nullable Instant expiresAt)
      implements Credential {
    /** One that isn't known to expire. */
    public Password(String username, String password, String source) {
      this(username, password, source, null);
    }

    @Override
    public Optional<Instant> expiry() {
      return Optional.ofNullable(expiresAt);
    }

    /** The value of an Authorization header with these (RFC 7617; UTF-8). */
    public String basic() {
      var pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    // By hand, as in Digest: a record's own are made while the program runs.
    @Override
    public boolean equals(Object other) {
      return other instanceof Password that
          && username.equals(that.username)
          && password.equals(that.password)
          && source.equals(that.source)
          && Objects.equals(expiresAt, that.expiresAt);
    }

    @Override
    public int hashCode() {
      return Objects.hash(username, password, source, expiresAt);
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
   * @param expiresAt when it expires, or null if that isn't known
   */
  record IdentityToken(String token, String source, @Nullable Instant expiresAt)
      implements Credential {
    /** One that isn't known to expire. */
    public IdentityToken(String token, String source) {
      this(token, source, null);
    }

    @Override
    public Optional<Instant> expiry() {
      return Optional.ofNullable(expiresAt);
    }

    // By hand, as in Digest: a record's own are made while the program runs.
    @Override
    public boolean equals(Object other) {
      return other instanceof IdentityToken that
          && token.equals(that.token)
          && source.equals(that.source)
          && Objects.equals(expiresAt, that.expiresAt);
    }

    @Override
    public int hashCode() {
      return Objects.hash(token, source, expiresAt);
    }

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
   * @param expiresAt when it expires, or null if that isn't known
   */
  record BearerToken(String token, String source, @Nullable Instant expiresAt)
      implements Credential {
    /** One that isn't known to expire. */
    public BearerToken(String token, String source) {
      this(token, source, null);
    }

    @Override
    public Optional<Instant> expiry() {
      return Optional.ofNullable(expiresAt);
    }

    /** The source. */
    @Override
    public String toString() {
      return "bearer token from " + source;
    }
  }
}
