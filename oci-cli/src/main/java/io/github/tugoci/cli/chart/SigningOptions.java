package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.file.AtomicFile;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.provenance.ProvenanceSigner;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and by whom a package is signed. */
final class SigningOptions {
  @Option(
      names = "--sign",
      description = "Sign the package: write a .prov file beside it, which push takes along.")
  private boolean sign;

  @Option(
      names = "--key",
      paramLabel = "NAME",
      description = "Sign with this key: a part of the owner's name, or the fingerprint's end.")
  private @Nullable String key;

  @Option(
      names = "--keyring",
      paramLabel = "FILE",
      description =
          "Read secret keys from this file: what gpg --export-secret-keys writes (default:"
              + " ~/.gnupg/secring.gpg).")
  private @Nullable Path keyring;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description =
          "Read the key's passphrase from this file; - is standard input (default: ask for it).")
  private @Nullable Path passphraseFile;

  /**
   * Opens the key, if packages are to be signed.
   *
   * @return null if they aren't
   */
  @Nullable ProvenanceSigner open(Environment environment) throws IOException {
    if (!sign) {
      if (key != null || keyring != null || passphraseFile != null) {
        throw new InvalidInputException(
            "--key, --keyring and --passphrase-file need --sign", "add --sign");
      }
      return null;
    }
    if (key == null) {
      throw new InvalidInputException(
          "--sign needs --key", "add --key NAME with a part of the key owner's name");
    }
    var file = keyring != null ? keyring : KeyringOption.gnupg(environment).resolve("secring.gpg");
    if (!Files.exists(file)) {
      throw new InvalidInputException(
          "keyring not found: " + file,
          "\"gpg --export-secret-keys NAME > FILE\" writes one; name it with --keyring");
    }
    try {
      return ProvenanceSigner.open(
          file, key, () -> passphrase(environment, file), InstantSource.system());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IllegalArgumentException e) {
      throw InvalidInputException.of(e, "name another with --key");
    }
  }

  private char[] passphrase(Environment environment, Path file) {
    if (passphraseFile == null) {
      return environment
          .terminal()
          .askSecret("Passphrase of the key in " + file + ": ")
          .orElseThrow(
              () ->
                  new InvalidInputException(
                      "missing passphrase of the key in %s: no terminal to ask on".formatted(file),
                      "use --passphrase-file"))
          .toCharArray();
    }
    return environment.password(FileName.textOf(passphraseFile)).toCharArray();
  }

  static Path write(ProvenanceSigner signer, ChartArchive archive) throws IOException {
    var provenance = signer.sign(archive).toArray();
    var file = archive.path().resolveSibling(FileName.path(FileName.of(archive.path()) + ".prov"));
    AtomicFile.write(file, out -> out.write(provenance));
    return file;
  }
}
