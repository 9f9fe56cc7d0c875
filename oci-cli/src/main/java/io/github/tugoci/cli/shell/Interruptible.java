package io.github.tugoci.cli.shell;

/**
 * Who is told what holds a command up: a thread that waits for the network takes no notice of being
 * interrupted, and goes on only if the connection is closed.
 */
@FunctionalInterface
public interface Interruptible {
  /** The command can't be interrupted. */
  Interruptible NEVER = connections -> {};

  /** Says what is to be closed, from another thread, when the command has to end. */
  void endsWith(AutoCloseable connections);

  /** Closes what holds a command up. */
  static void close(AutoCloseable connection) {
    try {
      connection.close();
    } catch (Exception e) {
      // it is to end, in whatever way
    }
  }
}
