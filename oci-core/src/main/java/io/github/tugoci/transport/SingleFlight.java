package io.github.tugoci.transport;

import io.github.tugoci.error.OciException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Does something once for all threads that want it at the same time: one does it, the others wait
 * for its result or failure. They hold no lock, can be interrupted, and nobody who wants something
 * else waits.
 */
final class SingleFlight<K, V> {
  private final Map<K, FutureTask<V>> inFlight = new ConcurrentHashMap<>();

  V run(K key, Callable<V> task) throws IOException {
    while (true) {
      var own = new FutureTask<>(task);
      var running = inFlight.putIfAbsent(key, own);
      if (running == null) {
        try {
          own.run();
        } finally {
          inFlight.remove(key, own);
        }
      }
      try {
        return (running == null ? own : running).get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while another thread asks for the same");
      } catch (ExecutionException e) {
        // Another thread's interrupt isn't this one's.
        if (running == null || !OciException.isInterruption(e.getCause())) {
          throw rethrow(e);
        }
      }
    }
  }

  private static IOException rethrow(ExecutionException e) {
    if (e.getCause() instanceof RuntimeException bug) {
      throw bug;
    }
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
  }
}
