package io.github.tugoci.cli.command;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "logout",
    description = "Forget what login stored for a registry.",
    footer = {"  tug logout ghcr.io"})
public final class Logout implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(paramLabel = "HOST", description = "The registry: ghcr.io, localhost:5000.")
  private String host;

  @Override
  public void run(CommandContext session) throws IOException {
    var name = Hosts.parse(host);
    var file = options.credentials(session).loginFile();
    boolean erased = file.erase(name);
    session
        .output()
        .print(
            new AccountResult(
                erased ? "Logged out of" : "Not logged in to", name, null, file.toString()));
  }
}
