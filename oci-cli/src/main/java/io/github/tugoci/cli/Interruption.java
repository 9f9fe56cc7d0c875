package io.github.tugoci.cli;

import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.Interruptible;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What happens on SIGINT and SIGTERM: the command's thread is interrupted and gets a moment to take
 * its temporary files away, and another one after its connections were closed; then the JVM ends
 * with 128 plus the signal's number, or with 0 if the command says that all is well, as a server
 * does that was told to stop.
 */
final class Interruption implements Interruptible {
  private static final long PATIENCE_SECONDS = 3;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Queue<AutoCloseable> connections = new ConcurrentLinkedQueue<>();
  private final Thread hook;
  private volatile @Nullable Runnable unanswered;
  private volatile int status = ExitCode.INTERRUPTED.status();

  private Interruption(Thread command) {
    // No lambda: the first one takes 5 ms.
    this.hook =
        new Thread("tug-interrupt") {
          @Override
          public void run() {
            Interruption.this.stop(command);
          }
        };
  }

  /** Watches for signals on behalf of a thread. */
  static Interruption onSignal(Thread command) {
    var interruption = new Interruption(command);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /**
   * Asks somebody at the keyboard; Java doesn't interrupt a thread that reads there.
   *
   * @param otherwise what is to be said if a signal comes instead of an answer
   */
  <T> T asking(Supplier<T> question, Runnable otherwise) {
    unanswered = otherwise;
    try {
      return question.get();
    } finally {
      unanswered = null;
    }
  }

  private void stop(Thread command) {
    var question = unanswered;
    if (question != null) {
      // Nothing has begun that is to be taken back.
      question.run();
      return;
    }
    command.interrupt();
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        connections.forEach(Interruptible::close);
        ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      if (status == ExitCode.OK.status()) {
        Runtime.getRuntime().halt(status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void endsWith(AutoCloseable waiting) {
    connections.add(waiting);
  }

  /**
   * Says that the command has ended. Where a signal came first, the JVM is on its way out already
   * and this doesn't return.
   */
  void ended(int commandStatus) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      status = commandStatus;
      ended.countDown();
      // The exit code is the signal's, which the JVM knows; parking ends at an interrupt.
      while (true) {
        Thread.interrupted();
        LockSupport.park();
      }
    }
  }
}
