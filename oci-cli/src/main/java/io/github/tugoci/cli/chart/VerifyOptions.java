package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether charts must be signed by a key of a keyring. */
final class VerifyOptions {
  @Option(
      names = "--verify",
      description =
          "Accept only charts that a key of the keyring signed; the .prov file is fetched too.")
  private boolean verify;

  @Mixin private KeyringOption keyring = new KeyringOption();

  /**
   * Lets a package pass a check by the {@code .prov} file beside it.
   *
   * @throws InvalidInputException if there is no such file
   */
  static void verify(ChartArchive archive, ChartPullOptions.Check check) throws IOException {
    var bytes =
        archive
            .provenanceBytes()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "no .prov file beside " + archive.path(),
                        "\"tug chart pull --verify\" pulls both"));
    check.check(FileName.of(archive.path()), archive.path(), bytes);
  }

  /**
   * The check that charts must pass, who signed is told; null if there is none.
   *
   * @throws InvalidInputException if a keyring is named and nothing is to be verified
   */
  ChartPullOptions.@Nullable Check check(CommandContext session) throws IOException {
    if (!verify) {
      if (keyring.given()) {
        throw new InvalidInputException("--keyring needs --verify", "add --verify");
      }
      return null;
    }
    return KeyringOption.check(
        keyring.open(session.environment()),
        signed -> session.tell("Signed by: " + String.join(", ", signed.signer().userIds())));
  }
}
