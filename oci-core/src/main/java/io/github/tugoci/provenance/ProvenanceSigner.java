package io.github.tugoci.provenance;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.model.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Signs charts with a secret key, as {@code helm package --sign} does. */
public final class ProvenanceSigner {
  private final SigningKey key;

  private ProvenanceSigner(SigningKey key) {
    this.key = key;
  }

  /**
   * Opens a secret key.
   *
   * @param keyring a file that {@code gpg --export-secret-keys} wrote, or an old {@code
   *     secring.gpg}
   * @param name a part of the owner's name or address, or the end of the key's fingerprint; it must
   *     fit one key
   * @param passphrase is asked if the key is protected
   * @param clock tells the signatures' time
   * @throws NotFoundException if no key fits, or more than one
   * @throws InvalidContentException if the keyring is damaged
   * @throws IllegalArgumentException if the passphrase is wrong
   * @throws IllegalStateException if Bouncy Castle, an optional dependency, is missing
   */
  public static ProvenanceSigner open(
      Path keyring, String name, Supplier<char[]> passphrase, InstantSource clock)
      throws IOException {
    try {
      return new ProvenanceSigner(SigningKey.open(keyring, name, passphrase, clock));
    } catch (NoClassDefFoundError e) {
      throw Keyring.missingLibrary(e);
    }
  }

  /**
   * Signs what a chart's archive is: its metadata, its file name and its digest.
   *
   * @return the {@code .prov} file
   */
  public Bytes sign(ChartArchive archive) throws IOException {
    return key.sign(archive);
  }
}
