package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A host that has too many requests gets fewer at once, and more again later. */
class AdaptiveLimitTest {
  private final AdaptiveLimit limit = new AdaptiveLimit();

  @Test
  void itFallsOnceForThoseThatBeganTogetherAndRisesWithTheAnswers() throws Exception {
    long first = 0;
    for (int i = 0; i < 16; i++) {
      first = limit.enter();
    }
    assertThat(limit.fall(first)).isTrue();
    assertThat(limit.fall(first)).isFalse();
    assertThat(limit.limit()).isEqualTo(8);
    for (int i = 0; i < 8; i++) {
      limit.rise();
    }
    assertThat(limit.limit()).isEqualTo(9);
    for (int i = 0; i < 64 * 64; i++) {
      limit.rise();
    }
    assertThat(limit.limit()).isEqualTo(AdaptiveLimit.MOST);
    for (int i = 0; i < 16; i++) {
      limit.leave();
    }
  }

  @Test
  void oneRequestIsAlwaysAllowed() throws Exception {
    for (int i = 0; i < 9; i++) {
      limit.fall(limit.enter());
      limit.leave();
    }
    assertThat(limit.limit()).isEqualTo(1);
    limit.enter();
    var waiting =
        new FutureTask<>(
            () -> {
              Thread.currentThread().interrupt();
              return limit.enter();
            });
    new Thread(waiting).start();
    assertThatThrownBy(waiting::get).hasCauseInstanceOf(InterruptedException.class);
    limit.leave();
  }

  /** Another thread that wants a place, having given back the one that it had elsewhere. */
  private FutureTask<Boolean> another() {
    var another =
        new FutureTask<>(
            () -> {
              var elsewhere = new AdaptiveLimit();
              elsewhere.enter();
              elsewhere.leave();
              limit.enter();
              limit.leave();
              return true;
            });
    var thread = new Thread(another);
    thread.start();
    while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
      Thread.onSpinWait();
    }
    return another;
  }

  @Test
  void whoWaitsComesInWhenAPlaceIsGivenBack() throws Exception {
    limit.fall(limit.enter());
    var other = another();
    assertThat(other.isDone()).isFalse();

    limit.leave();

    assertThat(other.get()).isTrue();
  }

  @Test
  void whoWaitsComesInWhenOneMoreIsAllowed() throws Exception {
    limit.fall(limit.enter());
    var other = another();
    assertThat(other.isDone()).isFalse();

    limit.rise();

    assertThat(other.get()).isTrue();
    assertThat(limit.limit()).isEqualTo(2);
    limit.leave();
  }

  @Test
  void nobodyWaitsBeforeARefusal() throws Exception {
    for (int i = 0; i < AdaptiveLimit.MOST; i++) {
      limit.enter();
    }

    assertThat(another().get()).isTrue();
    for (int i = 0; i < AdaptiveLimit.MOST; i++) {
      limit.leave();
    }
  }

  @Test
  void aRefusalBeginsTheCountOfAnswersAnew() throws Exception {
    long entered = 0;
    for (int i = 0; i < 8; i++) {
      entered = limit.enter();
    }
    limit.fall(entered);
    for (int i = 0; i < 3; i++) {
      limit.rise();
    }
    assertThat(limit.fall(entered)).as("one that began before").isFalse();
    for (int i = 0; i < 3; i++) {
      limit.rise();
    }
    assertThat(limit.limit()).isEqualTo(4);
    limit.rise();
    assertThat(limit.limit()).isEqualTo(5);
    for (int i = 0; i < 8; i++) {
      limit.leave();
    }
  }

  @Test
  void whoSendsWhatIsReadFromAHostDoesNotWaitForItself() throws Exception {
    var other = new AdaptiveLimit();
    for (var each : List.of(limit, other)) {
      each.fall(each.enter());
      each.leave();
      assertThat(each.limit()).isEqualTo(1);
    }
    limit.enter();
    limit.enter();
    other.enter();
    for (var each : List.of(limit, limit, other)) {
      each.leave();
    }
  }

  /** The first come together, and most are refused; of all others the most at once are counted. */
  private static final class Crowded implements HttpHandler {
    static final int TOGETHER = 24;
    private static final int TAKEN = 4;

    private final CountDownLatch together = new CountDownLatch(TOGETHER);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();

    @Override
    public void handle(HttpExchange exchange) throws IOException {
      // The very first is asked alone, as nothing is known of the host yet.
      int number = asked.getAndIncrement();
      try {
        if (number > TOGETHER) {
          most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          Thread.sleep(5);
          atOnce.decrementAndGet();
        } else if (number > 0) {
          together.countDown();
          together.await();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      boolean refused = number > TAKEN && number <= TOGETHER;
      exchange.sendResponseHeaders(refused ? 429 : 200, -1);
      exchange.close();
    }
  }

  @Test
  void aRegistryThatHasTooManyGetsFewerAtOnceAndTheUserIsTold() throws Exception {
    var registry = new Crowded();
    var threads = Executors.newCachedThreadPool();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", registry);
    server.start();
    var host = "127.0.0.1:" + server.getAddress().getPort();
    var notes = Collections.synchronizedList(new ArrayList<String>());
    var policy =
        new RetryPolicy(1, Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofSeconds(60));
    var options = TransportOptions.builder().retryPolicy(policy).notes(notes::add).build();
    try (var transport = new Transport(options, Keychain.ANONYMOUS)) {
      transport.send(Request.of("GET", host, "/v2/").build()).close();
      Callable<Integer> task =
          () -> {
            try (var response = transport.send(Request.of("GET", host, "/v2/").build())) {
              return response.status();
            }
          };
      var clients = Executors.newFixedThreadPool(Crowded.TOGETHER);
      try {
        for (var done : clients.invokeAll(Collections.nCopies(2 * Crowded.TOGETHER, task))) {
          assertThat(done.get()).isEqualTo(200);
        }
      } finally {
        clients.shutdownNow();
      }
      // Half of those that were at once, and one more after as many answers, four times.
      assertThat(registry.most.get()).isBetween(1, Crowded.TOGETHER / 2 + 4);
      assertThat(notes).anyMatch(note -> note.matches(".* gets at most 1[0-2] requests at once"));
      assertThat(notes).anyMatch(note -> note.startsWith("trying again in "));
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  @Test
  void retryAfterHoldsForTheWholeHostAndIsTold() throws Exception {
    var time = new FakeTime();
    List<String> warnings = new ArrayList<>();
    var asked = new AtomicInteger();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "30");
          exchange.sendResponseHeaders(asked.incrementAndGet() == 2 ? 429 : 200, -1);
          exchange.close();
        });
    server.start();
    var host = "127.0.0.1:" + server.getAddress().getPort();
    var options = TransportOptions.builder().timeSource(time).warnings(warnings::add).build();
    try (var transport = new Transport(options, Keychain.ANONYMOUS)) {
      var request = Request.of("GET", host, "/v2/");
      transport.send(request.build()).close();
      assertThatThrownBy(() -> transport.send(request.withoutRetry().build()).close())
          .hasMessageContaining("429");
      assertThat(time.pauses).isEmpty();
      transport.send(Request.of("GET", host, "/v2/other").build()).close();
      assertThat(time.pauses).containsExactly(Duration.ofSeconds(30));
      assertThat(warnings).containsExactly(host + " asks to wait 30.0 s before the next request");
    } finally {
      server.stop(0);
    }
  }
}
