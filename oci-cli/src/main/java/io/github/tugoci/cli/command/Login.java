package io.github.tugoci.cli.command;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.JsonRecord;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "login",
    description = {
      "Check a user name and a password or token with a registry, and store them.",
      "They are stored where Docker's login stores them (with a credential helper if Docker's"
          + " configuration names one), so docker, helm, oras and crane find them too."
    },
    footer = {
      "  printenv GHCR_TOKEN | tug login ghcr.io -u USER --password-stdin",
      "  tug login localhost:5000"
    })
public final class Login extends ConnectedCommand {
  @Parameters(paramLabel = "HOST", description = Hosts.HELP)
  private String host;

  @Override
  public void run(CommandContext session) throws IOException {
    var name = Hosts.parse(host);
    var credentials = options().credentials(session);
    var given = credentials.given();
    // Only what is to be stored may be asked with.
    try (var connection = options().open(session, Keychain.of(name, given))) {
      connection.client().ping(name);
    }
    var file = credentials.loginFile();
    file.store(name, given);
    new AccountResult(name, given.username(), file.toString()).print("Logged in to", session);
  }

  /**
   * What login and logout did.
   *
   * @param host the registry
   * @param username the user, or null if that isn't known
   * @param store the file that it was done in
   */
  record AccountResult(String host, @Nullable String username, String store) implements JsonRecord {
    /** Prints it, after what was done: {@code Logged in to}. */
    void print(String verb, CommandContext session) {
      var as = username == null ? "" : " as " + username;
      session.print(this, "%s %s%s (%s)".formatted(verb, host, as, store));
    }
  }
}
