package io.github.tugoci.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.error.OciException;
import io.github.tugoci.fixture.AtOnce;
import io.github.tugoci.fixture.Fault;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One client for many threads, many operations and many faults: none ends wrong, and nothing grows.
 * A build does some hundreds; {@code -Dfaults.operations=200000} is the long run.
 */
final class LongRun {
  private static final int THREADS = 32;
  private static final int OPERATIONS = Integer.getInteger("faults.operations", 320);

  /** Every thread has done everything once or so. */
  private static final int WARM_UP = Operation.values().length * THREADS;

  /** One exchange of so many breaks. */
  private static final int RARE = 15;

  /** What a heap may differ by from one collection to the next, and what caches may hold. */
  private static final long LITTLE = 24 << 20;

  /** What a client keeps open to a host; how many of them are open at a moment is chance. */
  private static final int CONNECTIONS = 64;

  /** The proxy's thread and the registry's; the ends of both connections. */
  private static final int THREADS_EACH = 2;

  private static final int DESCRIPTORS_EACH = 4;

  private static final Duration LIMIT = Duration.ofHours(10);

  private final Scene scene;
  private final AtomicInteger failed = new AtomicInteger();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final AtomicInteger broken = new AtomicInteger();

  LongRun(Scene scene) {
    this.scene = scene;
  }

  /** Fails if anything goes wrong or grows. */
  void run() throws Exception {
    var idle = Use.now();
    try (var client = scene.client(scene.wire.host())) {
      scene.wire.failSometimes(this::chance);
      operate(client, WARM_UP);
      var before = Use.now();
      operate(client, OPERATIONS);
      var after = Use.now();
      System.out.printf(
          "%d operations, %d faults, %d failed as declared %s; before %s; after %s%n",
          OPERATIONS, broken.get(), failed.get(), failures, before, after);
      assertThat(broken.get()).isPositive();
      assertThat(after.heap()).isLessThan(before.heap() + LITTLE);
      assertThat(after.threads())
          .isLessThan(idle.threads() + THREADS_EACH * CONNECTIONS + 2 * THREADS);
      assertThat(after.descriptors())
          .isLessThan(idle.descriptors() + DESCRIPTORS_EACH * CONNECTIONS + 2 * THREADS);
    }
    // Each temporary file and directory is held while it is there.
    for (var table : List.of("file.HeldFile", "layout.IndexLock")) {
      var held = Class.forName("io.github.tugoci." + table).getDeclaredField("HELD");
      held.setAccessible(true);
      assertThat((Collection<?>) held.get(null)).isEmpty();
    }
  }

  private @Nullable Fault chance() {
    if (ThreadLocalRandom.current().nextInt(RARE) > 0) {
      return null;
    }
    broken.incrementAndGet();
    var faults =
        List.of(
            new Fault.DropRequest(),
            new Fault.LoseResponse(),
            new Fault.ResetRequest(0),
            new Fault.ResetRequest(300),
            new Fault.CutResponse(50),
            new Fault.ResetResponse(50),
            new Fault.CutHead(),
            new Fault.Answer(429),
            new Fault.Answer(500),
            new Fault.Answer(503));
    return faults.get(ThreadLocalRandom.current().nextInt(faults.size()));
  }

  private void operate(RegistryClient client, int operations) throws Exception {
    var left = new AtomicInteger(operations);
    AtOnce.run(
        THREADS,
        LIMIT,
        thread -> {
          var random = new Random(thread);
          for (int now = left.getAndDecrement(); now > 0; now = left.getAndDecrement()) {
            var all = Operation.values();
            operate(client, all[random.nextInt(all.length)], "thread" + thread + "/");
            progress(now);
          }
          return thread;
        });
  }

  private static String kind(Operation operation, OciException failure) {
    var message = String.valueOf(failure.getMessage()).replaceAll("thread[0-9]+|[0-9a-f]{64}", "#");
    return operation + ": " + failure.getClass().getSimpleName() + ": " + message;
  }

  private void progress(int left) throws Exception {
    if (left % 10_000 == 0) {
      System.out.printf(
          "%d left, %d failed as declared %s; %s%n", left, failed.get(), failures, Use.now());
    }
  }

  private void operate(RegistryClient client, Operation operation, String name) throws IOException {
    try (var run = scene.new Run(name + operation.name().toLowerCase(Locale.ROOT) + "/", client)) {
      operation.prepare(scene, run);
      boolean done = true;
      try {
        operation.run(scene, run);
      } catch (OciException e) {
        failed.incrementAndGet();
        failures.merge(kind(operation, e), 1, Integer::sum);
        done = false;
      }
      // A referrer of the round before stays, and a push whose answers were all lost has happened.
      if (done) {
        operation.check(scene, run, true);
      }
      Folders.delete(run.place);
    }
  }

  /** What this process uses. */
  private record Use(long heap, int threads, int descriptors) {
    static Use now() throws Exception {
      for (int i = 0; i < 3; i++) {
        System.gc();
        Thread.sleep(100);
      }
      var memory = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      var open = Path.of("/proc/self/fd").toFile().list();
      return new Use(memory, Thread.activeCount(), open == null ? 0 : open.length);
    }
  }
}
