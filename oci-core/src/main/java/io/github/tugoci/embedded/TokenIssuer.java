package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Issues and verifies tokens that carry their scopes, authenticated with a key of this registry.
 */
final class TokenIssuer {
  private static final String ALGORITHM = "HmacSHA256";

  /** What a token is for. */
  enum Kind {
    ACCESS,
    REFRESH
  }

  /**
   * What a token says.
   *
   * @param user the user it was issued to; empty for anonymous
   * @param scopes what it is good for, such as {@code acme/web:push}
   */
  record Claims(String user, List<String> scopes) {
    /** What lists repositories, in claims and in scopes. */
    static final String CATALOG = "registry:catalog:*";

    Claims {
      scopes = List.copyOf(scopes);
    }

    boolean allow(String repository, Permission right) {
      return scopes.contains(repository + ":" + right);
    }

    boolean allowCatalog() {
      return scopes.contains(CATALOG);
    }
  }

  private final byte[] key = new byte[32];

  TokenIssuer() {
    new SecureRandom().nextBytes(key);
  }

  String issue(Kind kind, Claims claims, Duration lifetime) {
    var payload =
        Json.write(
            Map.of(
                "kind",
                kind.name(),
                "user",
                claims.user(),
                "scopes",
                claims.scopes(),
                "expires",
                Instant.now().plus(lifetime).toEpochMilli()));
    return encode(payload) + "." + encode(seal(payload));
  }

  /** What a token says; empty if it isn't this registry's, of another kind, or too old. */
  Optional<Claims> verify(Kind kind, String token) {
    int dot = token.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    try {
      var payload = Base64.getUrlDecoder().decode(token.substring(0, dot));
      var seal = Base64.getUrlDecoder().decode(token.substring(dot + 1));
      if (!MessageDigest.isEqual(seal, seal(payload))) {
        return Optional.empty();
      }
      var json = Json.parseSecretObject(payload, "token");
      boolean good =
          json.requiredString("kind").equals(kind.name())
              && json.integer("expires").orElse(0L) > Instant.now().toEpochMilli();
      return good
          ? Optional.of(new Claims(json.requiredString("user"), json.strings("scopes")))
          : Optional.empty();
    } catch (IllegalArgumentException | InvalidContentException e) {
      return Optional.empty();
    }
  }

  private byte[] seal(byte[] payload) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(payload);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Compares secrets in a time that doesn't tell where they differ. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }
}
