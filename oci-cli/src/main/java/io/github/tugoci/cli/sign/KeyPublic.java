package io.github.tugoci.cli.sign;

import io.github.tugoci.cli.connect.Keys;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "public",
    description = "Show the public key of a private one, in PEM form.",
    footer = "  tug key public cosign.key > cosign.pub")
public final class KeyPublic implements CliCommand {
  @Parameters(paramLabel = "FILE|env://NAME", description = "The private key.")
  private String key;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "Read the key's password from a file; - is standard input (default:"
              + " $COSIGN_PASSWORD, else ask).")
  private @Nullable Path passwordFile;

  @Override
  public void run(CommandContext session) throws IOException {
    var read = Keys.signing(key, passwordFile, session.environment());
    session.output().printRaw(read.publicKey().toPem(), "publicKey");
  }
}
