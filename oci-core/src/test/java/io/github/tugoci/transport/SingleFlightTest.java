package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One asks, and all that wait at the same time get the result. */
@Timeout(60)
class SingleFlightTest {
  private final SingleFlight<String, String> flights = new SingleFlight<>();
  private final AtomicInteger runs = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  private String slow() throws Exception {
    runs.incrementAndGet();
    begun.countDown();
    go.await();
    return "slow";
  }

  private static <T> FutureTask<T> start(Callable<T> task) {
    var running = new FutureTask<>(task);
    new Thread(running).start();
    return running;
  }

  /** A thread that wants what another is getting, and already waits for it. */
  private Thread waiter(FutureTask<String> task) throws InterruptedException {
    var thread = new Thread(task);
    thread.start();
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return thread;
  }

  @Test
  void whoComesMeanwhileGetsTheSameResultAndWhoComesLaterAnother() throws Exception {
    var first = start(() -> flights.run("a", this::slow));
    begun.await();
    var second = new FutureTask<>(() -> flights.run("a", () -> "second"));
    waiter(second);
    assertThat(flights.run("b", () -> "another")).isEqualTo("another");

    go.countDown();

    assertThat(first.get()).isEqualTo("slow");
    assertThat(second.get()).isEqualTo("slow");
    assertThat(flights.run("a", () -> "later")).isEqualTo("later");
    assertThat(runs).hasValue(1);
  }

  @Test
  void failuresComeAsTheyAre() {
    var failure = new FileNotFoundException("none");
    var bug = new IllegalStateException("bug");
    var error = new AssertionError("error");
    var checked = new Exception("checked");
    assertThatThrownBy(() -> fail(failure)).isSameAs(failure);
    assertThatThrownBy(() -> fail(bug)).isSameAs(bug);
    assertThatThrownBy(() -> flights.run("a", () -> throwError(error))).isSameAs(error);
    assertThatThrownBy(() -> fail(checked)).isInstanceOf(IOException.class).hasCause(checked);
  }

  private String fail(Exception failure) throws IOException {
    return flights.run(
        "a",
        () -> {
          throw failure;
        });
  }

  private static String throwError(Error error) {
    throw error;
  }

  @Test
  void anotherThreadsInterruptIsNotThisOnes() throws Exception {
    var first =
        start(
            () ->
                flights.run(
                    "a",
                    () -> {
                      slow();
                      throw new InterruptedIOException("stop");
                    }));
    begun.await();
    var second = new FutureTask<>(() -> flights.run("a", () -> "own"));
    waiter(second);

    go.countDown();

    assertThatThrownBy(first::get).hasCauseInstanceOf(InterruptedIOException.class);
    assertThat(second.get()).isEqualTo("own");
  }

  @Test
  void aFailureThatIsNoInterruptIsEverybodys() throws Exception {
    var failure = new IOException("down");
    var first =
        start(
            () ->
                flights.run(
                    "a",
                    () -> {
                      slow();
                      throw failure;
                    }));
    begun.await();
    var second = new FutureTask<>(() -> flights.run("a", () -> "own"));
    waiter(second);

    go.countDown();

    assertThatThrownBy(first::get).hasCause(failure);
    assertThatThrownBy(second::get).hasCause(failure);
  }

  @Test
  void whoWaitsCanBeInterruptedAndStaysSo() throws Exception {
    var unused = start(() -> flights.run("a", this::slow));
    begun.await();
    var interrupted = new AtomicInteger();
    var second =
        new FutureTask<>(
            () -> {
              try {
                return flights.run("a", () -> "own");
              } finally {
                interrupted.set(Thread.currentThread().isInterrupted() ? 1 : 0);
              }
            });
    waiter(second).interrupt();

    assertThatThrownBy(second::get)
        .hasCauseInstanceOf(InterruptedIOException.class)
        .hasMessageContaining("interrupted while another thread asks for the same");
    assertThat(interrupted).hasValue(1);
    go.countDown();
  }
}
