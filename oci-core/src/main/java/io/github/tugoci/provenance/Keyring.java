package io.github.tugoci.provenance;

import io.github.tugoci.error.InvalidContentException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Trusted public keys: a binary keyring as {@code gpg --export} writes it, the same in ASCII armor,
 * or GnuPG's own {@code pubring.kbx}.
 */
public final class Keyring {
  private final PublicKeys keys;

  private Keyring(PublicKeys keys) {
    this.keys = keys;
  }

  /**
   * Reads a keyring.
   *
   * @throws InvalidContentException if it holds no keys
   * @throws IllegalStateException if Bouncy Castle, an optional dependency, is missing
   */
  public static Keyring open(Path file) throws IOException {
    try {
      return new Keyring(PublicKeys.open(file));
    } catch (NoClassDefFoundError e) {
      throw missingLibrary(e);
    }
  }

  /**
   * Says which dependency to add. This can only be said by a class that needs none of the library's
   * classes to be verified by the JVM, which is why {@link PublicKeys} and {@link SigningKey} stand
   * apart.
   */
  static IllegalStateException missingLibrary(NoClassDefFoundError e) {
    return new IllegalStateException(
        "OpenPGP signatures need org.bouncycastle:bcpg-jdk18on, an optional dependency of oci-core:"
            + " add it to the program's dependencies (module org.bouncycastle.pg)",
        e);
  }

  /** Returns who signed a message; one good signature is enough. */
  Signer verify(ClearSigned message, String what, Instant now) throws InvalidContentException {
    return keys.verify(message, what, now);
  }

  /** The file. */
  @Override
  public String toString() {
    return keys.toString();
  }
}
