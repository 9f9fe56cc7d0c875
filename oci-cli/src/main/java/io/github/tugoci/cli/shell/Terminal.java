package io.github.tugoci.cli.shell;

import java.util.Optional;

/** The person at the keyboard, if there is one. */
public interface Terminal {
  /** No terminal: a script, a job, a pipe. */
  Terminal NONE = new Terminal() {};

  /** Whether standard output is seen by a person. */
  default boolean seesOutput() {
    return false;
  }

  /** Whether standard error is seen by a person. */
  default boolean seesErrors() {
    return false;
  }

  /** How many characters fit in a line. */
  default int columns() {
    return 80;
  }

  default int rows() {
    return 24;
  }

  /** Asks for a line; empty without a terminal. */
  default Optional<String> ask(String prompt) {
    return Optional.empty();
  }

  /** Asks for a line that isn't shown while it is typed; empty without a terminal. */
  default Optional<String> askSecret(String prompt) {
    return Optional.empty();
  }
}
