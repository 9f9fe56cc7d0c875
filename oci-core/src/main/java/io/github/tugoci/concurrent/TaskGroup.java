package io.github.tugoci.concurrent;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks concurrently, up to a number. The first failure stops the others and is thrown; the
 * threads end when the group is closed.
 */
public final class TaskGroup implements AutoCloseable {
  /**
   * A read that waits for a byte isn't woken by an interrupt; its thread is not waited for long.
   */
  private static final int SECONDS_TO_END = 2;

  /** Daemons: a program that ends doesn't wait for them. */
  public static final ThreadFactory DAEMONS =
      task -> {
        var thread = new Thread(task, "tug-copy");
        thread.setDaemon(true);
        return thread;
      };

  private final int size;
  private final ThreadFactory factory;
  private @Nullable ExecutorService threads;

  /** A group that runs so many tasks at once. */
  public TaskGroup(int size) {
    this(size, DAEMONS);
  }

  /** A group that runs so many tasks at once, on threads that a program makes itself. */
  public TaskGroup(int size, ThreadFactory factory) {
    this.size = size;
    this.factory = factory;
  }

  /**
   * Runs all tasks; the results are in the tasks' order. A task must not give tasks to its own
   * crew: it would wait for itself.
   *
   * @throws IOException the first failure
   * @throws InterruptedIOException if the thread is interrupted
   */
  public <T> List<T> invokeAll(List<? extends Callable<T>> tasks) throws IOException {
    // One alone isn't done by the caller either: a read that waits for a byte can't be interrupted,
    // but who waits for the read can be, and clean up.
    if (tasks.isEmpty()) {
      return List.of();
    }
    var finished = new ExecutorCompletionService<T>(threads());
    var futures = new ArrayList<Future<T>>();
    var over = new AtomicBoolean();
    for (var task : tasks) {
      futures.add(finished.submit(() -> unless(over, task)));
    }
    try {
      for (int i = 0; i < futures.size(); i++) {
        check(finished.take());
      }
      var results = new ArrayList<T>();
      for (var future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      // Whoever cleans up after the failure must not meet one that still writes.
      close();
      throw rethrow(e.getCause());
    }
  }

  /**
   * Does a task, unless another has failed; what was to follow a tag that isn't set isn't either.
   */
  private static <T> T unless(AtomicBoolean over, Callable<T> task) throws Exception {
    if (over.get()) {
      throw new CancellationException();
    }
    boolean done = false;
    try {
      var result = task.call();
      done = true;
      return result;
    } catch (CancellationException e) {
      // Not one that wasn't begun: what it waited for was closed.
      var interruption = new InterruptedIOException("cancelled");
      interruption.initCause(e);
      throw interruption;
    } finally {
      if (!done) {
        over.set(true);
      }
    }
  }

  /** A cancelled task may complete before the one that failed. */
  private static void check(Future<?> future) throws InterruptedException, ExecutionException {
    try {
      future.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof CancellationException)) {
        throw e;
      }
    }
  }

  /** A task fails with an IOException or a bug. */
  private static IOException rethrow(@Nullable Throwable failure) {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    return failure instanceof IOException e ? e : new IOException(failure);
  }

  private ExecutorService threads() {
    if (threads == null) {
      threads = Executors.newFixedThreadPool(size, factory);
    }
    return threads;
  }

  /** Stops what is still being done; waits for it for a moment. */
  @Override
  public void close() {
    var ending = threads;
    threads = null;
    if (ending != null) {
      ending.shutdownNow();
      try {
        if (!ending.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
