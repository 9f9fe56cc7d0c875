package io.github.tugoci.cli.command;

import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.shell.CommandContext;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "logout",
    description = "Remove the stored credential of a registry.",
    footer = {"  tug logout ghcr.io"})
public final class Logout extends ConnectedCommand {
  @Parameters(paramLabel = "HOST", description = Hosts.HELP)
  private String host;

  @Override
  public void run(CommandContext session) throws IOException {
    var name = Hosts.parse(host);
    var file = options().credentials(session).loginFile();
    boolean erased = file.erase(name);
    new Login.AccountResult(name, null, file.toString())
        .print(erased ? "Logged out of" : "Not logged in to", session);
  }
}
