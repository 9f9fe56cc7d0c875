package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.file.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * Reads files of Apache's {@code htpasswd}: a user and a bcrypt hash a line. Its other hashes are
 * broken (SHA-1, crypt) or quick to guess (MD5), and are refused, as by Docker's registry.
 */
final class Htpasswd {
  private static final int MAX_SIZE = 4 << 20;
  // what htpasswd itself allows; each step doubles the time of a login
  private static final int MAX_COST = 17;
  // the rest of a password doesn't count
  private static final int BCRYPT_BYTES = 72;
  private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

  private Htpasswd() {}

  /**
   * The users of a file, with what checks their passwords.
   *
   * @throws IllegalStateException if Bouncy Castle, an optional dependency, is missing
   */
  static Map<String, PasswordCheck> read(Path file) throws IOException {
    requireLibrary();
    var users = new LinkedHashMap<String, PasswordCheck>();
    int number = 0;
    for (var line : lines(file)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw fault(file, number, "expected USER:HASH");
      }
      var user = line.substring(0, colon);
      var hash = line.substring(colon + 1).strip();
      if (users.putIfAbsent(user, check(file, number, user, hash)) != null) {
        throw fault(file, number, "duplicate user \"" + user + "\"");
      }
    }
    if (users.isEmpty()) {
      throw new FileSystemException(file.toString(), null, "no users in it");
    }
    return users;
  }

  /** Fails here instead of at the first login. */
  private static void requireLibrary() {
    try {
      Objects.requireNonNull(OpenBSDBCrypt.class);
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "htpasswd files need org.bouncycastle:bcprov-jdk18on, an optional dependency of oci-core:"
              + " add it to the program's dependencies (module org.bouncycastle.provider)",
          e);
    }
  }

  private static List<String> lines(Path file) throws IOException {
    var bytes = InputFile.readAll(file, MAX_SIZE);
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().lines().toList();
    } catch (CharacterCodingException e) {
      var fault = new FileSystemException(file.toString(), null, "not UTF-8");
      fault.initCause(e);
      throw fault;
    }
  }

  private static PasswordCheck check(Path file, int line, String user, String hash)
      throws IOException {
    var bcrypt = BCRYPT.matcher(hash);
    if (!bcrypt.matches()) {
      throw fault(
          file,
          line,
          "user \"%s\" has %s; only bcrypt is supported (htpasswd -B)".formatted(user, kind(hash)));
    }
    int cost = Integer.parseInt(bcrypt.group(1));
    if (cost < 4 || cost > MAX_COST) {
      throw fault(
          file,
          line,
          "user \"%s\": bcrypt cost %d is not in 4 to %d".formatted(user, cost, MAX_COST));
    }
    return password -> matches(hash, password);
  }

  private static boolean matches(String hash, String password) {
    if (password.indexOf('\0') >= 0) {
      // htpasswd's strings end there
      return false;
    }
    var bytes = password.getBytes(UTF_8);
    return OpenBSDBCrypt.checkPassword(
        hash, Arrays.copyOf(bytes, Math.min(bytes.length, BCRYPT_BYTES)));
  }

  private static String kind(String hash) {
    if (hash.startsWith("$apr1$") || hash.startsWith("$1$")) {
      return "an MD5 hash";
    }
    if (hash.startsWith("{SHA}")) {
      return "a SHA-1 hash";
    }
    if (hash.startsWith("$5$") || hash.startsWith("$6$")) {
      return "a SHA-2 hash";
    }
    if (hash.startsWith("$2")) {
      return "a malformed bcrypt hash";
    }
    return "a plain password or a crypt hash";
  }

  private static FileSystemException fault(Path file, int line, String what) {
    return new FileSystemException(file + ":" + line, null, what);
  }
}
