package io.github.tugoci.examples;

import io.github.tugoci.client.Tug;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.ProgressListener;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.model.Descriptor;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Copies with a limit for the whole, and shows what moves: {@code CancelCopy ghcr.io/acme/app:1.0
 * oci:app PT5M}. When the time is over the copy is interrupted: no tag is set, no half file stays.
 */
public final class CancelCopy {
  private CancelCopy() {}

  public static void main(String... args) throws InterruptedException, ExecutionException {
    var thread = Executors.newSingleThreadExecutor();
    try (var tug = Tug.anonymous()) {
      var options = CopyOptions.builder().progress(new Printed()).build();
      var copy = thread.submit(() -> tug.copy(args[0], args[1], options));
      try {
        var limit = Duration.parse(args[2]);
        System.out.println(copy.get(limit.toNanos(), TimeUnit.NANOSECONDS).root().digest());
      } catch (TimeoutException e) {
        copy.cancel(true);
        System.out.println("cancelled");
      }
    } finally {
      thread.shutdown();
      if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        System.out.println("still waiting for a file system");
      }
    }
  }

  /** Called on several threads. */
  private static final class Printed implements ProgressListener {
    private final AtomicLong moved = new AtomicLong();

    @Override
    public void moved(Descriptor descriptor, long bytes) {
      moved.addAndGet(bytes);
    }

    @Override
    public void finished(Descriptor descriptor, ContentTarget.Outcome outcome) {
      System.out.printf("%s %s, %d bytes so far%n", descriptor.digest(), outcome, moved.get());
    }
  }
}
