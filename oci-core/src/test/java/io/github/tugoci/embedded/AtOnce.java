package io.github.tugoci.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Does the same on several threads that start together. */
final class AtOnce {
  private AtOnce() {}

  /** What one of the threads does. */
  interface Task<T> {
    T run(int index) throws Exception;
  }

  /** Runs a task once on each thread; gives the results in order, or the first failure. */
  static <T> List<T> run(int threads, Task<T> task) throws Exception {
    var executor = Executors.newFixedThreadPool(threads);
    try {
      var barrier = new CyclicBarrier(threads);
      var tasks = new ArrayList<Callable<T>>();
      for (int i = 0; i < threads; i++) {
        int index = i;
        tasks.add(
            () -> {
              barrier.await(10, TimeUnit.SECONDS);
              return task.run(index);
            });
      }
      var results = new ArrayList<T>();
      for (var future : executor.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
        results.add(future.get());
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }
}
