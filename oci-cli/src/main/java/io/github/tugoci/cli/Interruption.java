package io.github.tugoci.cli;

import java.util.concurrent.TimeUnit;

/**
 * What happens on SIGINT and SIGTERM: the command's thread is interrupted and gets a moment to take
 * its temporary files away; then the JVM ends with 128 plus the signal's number.
 */
final class Interruption {
  private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(3);

  private final Thread hook;

  private Interruption(Thread hook) {
    this.hook = hook;
  }

  /** Watches for signals on behalf of a thread. */
  static Interruption onSignal(Thread command) {
    var hook = new Thread(() -> stop(command), "tug-interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Interruption(hook);
  }

  private static void stop(Thread command) {
    command.interrupt();
    try {
      command.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Says that the command has ended by itself. Where a signal came first, its thread ends here: the
   * process's status is the signal's then.
   */
  void ended() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      throw new ThreadDeath();
    }
  }
}
