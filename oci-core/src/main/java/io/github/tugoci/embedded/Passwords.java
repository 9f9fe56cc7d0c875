package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The users and their passwords. A deliberately slow hash is computed once for a right password,
 * not with each request; a wrong one always pays. An unknown name takes the time of a known one.
 */
final class Passwords {
  private static final String ALGORITHM = "HmacSHA256";

  private final Map<String, PasswordCheck> checks;
  private final PasswordCheck unknown;
  private final Map<String, byte[]> verified = new ConcurrentHashMap<>();
  private final byte[] key = new byte[32];

  Passwords(Map<String, PasswordCheck> checks) {
    this.checks = Map.copyOf(checks);
    this.unknown = checks.values().stream().findFirst().orElse(password -> false);
    new SecureRandom().nextBytes(key);
  }

  /** Whether there is a user with this name and this password. */
  boolean verify(String user, String password) {
    var check = checks.get(user);
    if (check == null) {
      var ignored = unknown.test(password);
      return false;
    }
    var seal = seal(password);
    if (MessageDigest.isEqual(seal, verified.get(user))) {
      return true;
    }
    boolean right = check.test(password);
    if (right) {
      verified.put(user, seal);
    }
    return right;
  }

  private byte[] seal(String password) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(password.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
