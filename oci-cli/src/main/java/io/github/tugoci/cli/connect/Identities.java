package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.file.InputFile;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.signature.CertificateIdentity;
import io.github.tugoci.signature.TextPattern;
import io.github.tugoci.signature.TrustedRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Identities of keyless signatures where a person says who must have signed. */
public final class Identities {
  /** More than the library takes, which says so then. */
  private static final int MOST = 5 << 20;

  private Identities() {}

  /**
   * An identity that is trusted.
   *
   * @param root the file of the trusted root
   * @throws InvalidInputException if it isn't one
   */
  public static CertificateIdentity of(Path root, TextPattern subject, TextPattern issuer)
      throws IOException {
    if (Files.isDirectory(root)) {
      throw new InvalidInputException(
          "invalid trusted root " + root + ": a directory", "name the file, trusted_root.json");
    }
    try {
      return new CertificateIdentity(
          TrustedRoot.parse(Bytes.of(InputFile.read(root, MOST)).toString(), root.toString()),
          subject,
          issuer);
    } catch (InvalidContentException e) {
      throw InvalidInputException.of(e, "name the trusted_root.json of the Sigstore that signed");
    }
  }

  /**
   * A text, or a regular expression in its stead.
   *
   * @throws IllegalArgumentException if there are both, or one is invalid
   */
  public static Optional<TextPattern> pattern(@Nullable String text, @Nullable String expression) {
    if (text != null && expression != null) {
      throw new IllegalArgumentException("both a text and a regular expression");
    }
    return Optional.ofNullable(text)
        .map(TextPattern::exactly)
        .or(() -> Optional.ofNullable(expression).map(TextPattern::matching));
  }
}
