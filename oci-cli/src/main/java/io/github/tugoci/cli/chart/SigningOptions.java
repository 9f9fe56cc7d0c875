package io.github.tugoci.cli.chart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.file.AtomicFile;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.provenance.ProvenanceSigner;
import io.github.tugoci.reference.FileName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and by whom a package is signed. */
final class SigningOptions {
  private static final int MAX_PASSPHRASE = 4096;

  @Option(
      names = "--sign",
      description = "Sign the package: a .prov file is written beside it, which push takes along.")
  private boolean sign;

  @Option(
      names = "--key",
      paramLabel = "NAME",
      description = "Whose key signs: a part of the owner's name, or the fingerprint's end.")
  private @Nullable String key;

  @Option(
      names = "--keyring",
      paramLabel = "FILE",
      description =
          "The secret keys: what gpg --export-secret-keys writes (default: ~/.gnupg/secring.gpg).")
  private @Nullable Path keyring;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "Holds the key's passphrase; - is standard input (default: it is asked for).")
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
            "--key, --keyring and --passphrase-file belong to --sign", "add --sign");
      }
      return null;
    }
    if (key == null) {
      throw new InvalidInputException("--sign needs --key NAME", "name the key's owner");
    }
    var file = keyring != null ? keyring : KeyringOption.gnupg(environment).resolve("secring.gpg");
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "there is no keyring " + file,
          "\"gpg --export-secret-keys NAME > FILE\" writes one; name it with --keyring");
    }
    try {
      return ProvenanceSigner.open(
          file, key, () -> passphrase(environment, file), InstantSource.system());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(String.valueOf(e.getMessage()), "try another one", e);
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
                      "the key in " + file + " has a passphrase, and nobody can be asked for it",
                      "give it with --passphrase-file"))
          .toCharArray();
    }
    try (var in =
        passphraseFile.toString().equals("-")
            ? environment.in()
            : Files.newInputStream(passphraseFile)) {
      return new String(in.readNBytes(MAX_PASSPHRASE), UTF_8)
          .lines()
          .findFirst()
          .orElse("")
          .toCharArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a package's signature beside it. */
  static Path write(ProvenanceSigner signer, ChartArchive archive) throws IOException {
    var provenance = signer.sign(archive).toArray();
    var file = archive.path().resolveSibling(FileName.path(FileName.of(archive.path()) + ".prov"));
    AtomicFile.write(file, out -> out.write(provenance));
    return file;
  }
}
