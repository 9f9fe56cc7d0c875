package io.github.tugoci.cli.shell;

import java.io.IOException;

/** What a command does. */
public interface CliCommand {
  /**
   * Does it, and prints its result.
   *
   * @throws IOException if it fails; {@link FailureMapper} tells how
   */
  void run(CommandContext session) throws IOException;
}
