package io.github.tugoci.signature;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.file.InputFile;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.sigstore.TrustMaterial;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The authorities and logs by which keyless signatures are verified, offline: a {@code
 * trusted_root.json} of Sigstore. A signature must have what it names: an entry of a log of
 * signatures if there is one, a timestamp of a log of certificates if there is one. A time of
 * signing that a log or an authority signed must be there always.
 */
public final class TrustedRoot {
  private static final int MAX_SIZE = 4 << 20;

  private final TrustMaterial material;

  private TrustedRoot(TrustMaterial material) {
    this.material = material;
  }

  /**
   * Reads one.
   *
   * @param name what it is called in messages
   * @throws InvalidContentException if it isn't one, or one of an unsupported version
   */
  public static TrustedRoot parse(String json, String name) throws InvalidContentException {
    var bytes = Bytes.of(json);
    if (bytes.size() > MAX_SIZE) {
      throw new InvalidContentException("trusted root " + name + " has more than 4 MiB");
    }
    return new TrustedRoot(TrustMaterial.parse(bytes, "trusted root " + name));
  }

  /**
   * Reads a file.
   *
   * @throws InvalidContentException if it isn't one, or one of an unsupported version
   */
  public static TrustedRoot read(Path file) throws IOException {
    return parse(Bytes.of(InputFile.read(file, MAX_SIZE + 1)).toString(), file.toString());
  }

  TrustMaterial material() {
    return material;
  }
}
