package io.github.tugoci.cli.command;

import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.JsonRecord;
import org.jspecify.annotations.Nullable;

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
