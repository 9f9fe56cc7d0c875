package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.provenance.Keyring;
import io.github.tugoci.provenance.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The keys that are trusted. */
public final class KeyringOption {
  @Option(
      names = "--keyring",
      paramLabel = "FILE",
      description =
          "Trust these public keys: what gpg --export writes, or GnuPG's pubring.kbx (default:"
              + " GnuPG's own).")
  private @Nullable Path file;

  public boolean given() {
    return file != null;
  }

  /** Opens the keyring that was named, else GnuPG's. */
  Keyring open(Environment environment) throws IOException {
    if (file != null) {
      return Keyring.open(file);
    }
    var folder = gnupg(environment);
    return Keyring.open(
        Stream.of("pubring.kbx", "pubring.gpg")
            .map(folder::resolve)
            .filter(Files::isRegularFile)
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "keyring not found in " + folder,
                        "name one with --keyring; \"gpg --export > FILE\" writes it")));
  }

  static Path gnupg(Environment environment) {
    return environment.path("GNUPGHOME").orElseGet(() -> environment.home().resolve(".gnupg"));
  }

  /** A check of provenances by this keyring. */
  static ChartPullOptions.Check check(Keyring keyring, Consumer<Provenance> told) {
    return (name, archive, bytes) -> {
      var provenance = Provenance.verify(bytes, name + ".prov", keyring, InstantSource.system());
      provenance.check(name, archive);
      told.accept(provenance);
    };
  }
}
