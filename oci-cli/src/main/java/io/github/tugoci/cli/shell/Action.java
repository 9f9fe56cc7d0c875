package io.github.tugoci.cli.shell;

import java.io.IOException;

/** What a command does. */
public interface Action {
  /**
   * Does it, and prints its result.
   *
   * @throws IOException if it fails; {@link Failures} tells how
   */
  void run(Session session) throws IOException;
}
