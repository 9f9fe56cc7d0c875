package io.github.tugoci.cli.command;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "login",
    description = {
      "Check a user and a password or token with a registry, and store them.",
      "They go where Docker's login puts them (with a credential helper if Docker's configuration"
          + " names one), so docker, helm, oras and crane see them too."
    },
    footer = {
      "  printenv GHCR_TOKEN | tug login ghcr.io -u USER --password-stdin",
      "  tug login localhost:5000"
    })
public final class Login implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(paramLabel = "HOST", description = "The registry: ghcr.io, localhost:5000.")
  private String host;

  @Override
  public void run(CommandContext session) throws IOException {
    var name = Hosts.parse(host);
    var credentials = options.credentials(session);
    var given = credentials.given();
    // Only what is to be stored may be asked with.
    try (var connection = options.open(session, Keychain.of(name, given))) {
      connection.client().ping(name);
    }
    var file = credentials.loginFile();
    file.store(name, given);
    session
        .output()
        .print(new AccountResult("Logged in to", name, given.username(), file.toString()));
  }
}
