package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.provenance.Keyring;
import io.github.tugoci.provenance.Provenance;
import io.github.tugoci.reference.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose signatures are believed. */
public final class KeyringOption {
  @Option(
      names = "--keyring",
      paramLabel = "FILE",
      description =
          "The public keys that are believed: what gpg --export writes, or GnuPG's pubring.kbx"
              + " (default: GnuPG's own).")
  private @Nullable Path file;

  /** Whether a keyring was named. */
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
                        "there is no keyring in " + folder,
                        "name one with --keyring; \"gpg --export > FILE\" writes it")));
  }

  /** Where GnuPG keeps its keys. */
  static Path gnupg(Environment environment) {
    return environment
        .variable("GNUPGHOME")
        .map(FileName::path)
        .orElseGet(() -> environment.home().resolve(".gnupg"));
  }

  /** The same pull that keeps a chart only if a key of this keyring signed it; who did is told. */
  public ChartPullOptions checking(ChartPullOptions wanted, CommandContext session)
      throws IOException {
    return wanted.toBuilder()
        .check(
            check(
                open(session.environment()),
                signed ->
                    session
                        .output()
                        .tell("Signed by: " + String.join(", ", signed.signer().userIds()))))
        .build();
  }

  /** A check of provenances by this keyring. Who signed is told to somebody. */
  static ChartPullOptions.Check check(Keyring keyring, Consumer<Provenance> told) {
    return (name, archive, bytes) -> {
      var provenance = Provenance.verify(bytes, name + ".prov", keyring, InstantSource.system());
      provenance.check(name, archive);
      told.accept(provenance);
    };
  }
}
