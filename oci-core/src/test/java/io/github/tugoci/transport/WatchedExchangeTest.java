package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the timer sees of an exchange, and when it cuts the connection. */
class WatchedExchangeTest {
  private static final Duration OVER = Duration.ofNanos(-1);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final long MUCH = 1L << 60;

  private final IOException failure = new IOException("closed");
  private final AtomicInteger cuts = new AtomicInteger();

  private WatchedExchange exchange(long minRate, Duration window, Duration trickle) {
    return new WatchedExchange(cuts::incrementAndGet, minRate, window, trickle);
  }

  private WatchedExchange exchange() {
    return exchange(1000, LONG, LONG);
  }

  /** The clock goes on: nothing at all isn't too little in no time. */
  private static void tick() {
    long now = System.nanoTime();
    while (System.nanoTime() == now) {
      Thread.onSpinWait();
    }
  }

  private static void read(WatchedExchange exchange, long... bytes) throws IOException {
    for (long read : bytes) {
      exchange.awaitBody();
      exchange.resume(read);
    }
    exchange.awaitBody();
    tick();
    exchange.run();
    exchange.resume();
  }

  private void assertCut(WatchedExchange exchange, String why) {
    assertThat(cuts).hasValue(1);
    assertThat(exchange.explain(failure))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessage(why)
        .hasCause(failure);
  }

  private void assertNotCut(WatchedExchange exchange) {
    assertThat(cuts).hasValue(0);
    assertThat(exchange.explain(failure)).isSameAs(failure);
  }

  @Test
  void whoDoesNotWaitIsNotCut() throws Exception {
    var exchange = exchange(1000, Duration.ZERO, Duration.ZERO);
    exchange.run();
    exchange.await(OVER);
    exchange.resume();
    exchange.run();
    exchange.awaitBody();
    exchange.resume(1);
    exchange.run();

    assertNotCut(exchange);
  }

  @Test
  void whoWaitsTooLongIsCut() {
    var exchange = exchange();
    exchange.await(LONG);
    exchange.run();
    assertNotCut(exchange);

    exchange.await(OVER);
    exchange.run();
    assertCut(exchange, "the server stopped reading or answering");
  }

  @Test
  void whoSendsTooLongIsCut() {
    var exchange = exchange();
    exchange.awaitSent(OVER);
    exchange.run();

    assertCut(exchange, "the server stopped reading or answering");
  }

  @Test
  @SuppressWarnings("try") // the deadline is begun and ended, and not asked
  void whatTakesLongerThanItsDeadlineIsCut() {
    var exchange = exchange();
    try (var scope = OperationDeadline.begin(LONG)) {
      exchange.await(LONG);
      exchange.run();
      assertNotCut(exchange);
    }
    try (var scope = OperationDeadline.begin(OVER)) {
      exchange.await(LONG);
      exchange.run();
    }

    assertCut(exchange, "the request took longer than its deadline");
  }

  @Test
  void anInterruptCutsWhateverIsWaitedFor() {
    var exchange = exchange();
    exchange.await(LONG);
    Thread.currentThread().interrupt();
    exchange.run();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(cuts).hasValue(1);
    assertThat(exchange.explain(failure))
        .isInstanceOf(InterruptedIOException.class)
        .isNotInstanceOf(SocketTimeoutException.class)
        .hasMessage("interrupted while waiting for the network")
        .hasCause(failure);
  }

  @Test
  void anInterruptedThreadDoesNotBeginToRead() {
    var exchange = exchange();
    Thread.currentThread().interrupt();

    assertThatThrownBy(exchange::awaitBody).isInstanceOf(InterruptedIOException.class).hasNoCause();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(cuts).hasValue(1);
  }

  @Test
  void aBodyThatBringsTooLittleIsCut() throws Exception {
    var exchange = exchange(MUCH, Duration.ZERO, LONG);
    read(exchange, 1);

    assertCut(exchange, "fewer than " + MUCH + " bytes per second move");
  }

  @Test
  void aBodyThatIsSentTooSlowlyIsCut() {
    var exchange = exchange(1000, Duration.ZERO, LONG);
    exchange.awaitSent(LONG);
    tick();
    exchange.run();

    assertCut(exchange, "fewer than 1000 bytes per second move");
  }

  @Test
  void aBodyThatBringsEnoughIsNotCut() throws Exception {
    var exchange = exchange(1000, Duration.ZERO, Duration.ZERO);
    read(exchange, 30_000, 30_000, 30_000);

    assertNotCut(exchange);
  }

  @Test
  void theRateIsMeasuredOverAWindow() throws Exception {
    var exchange = exchange(MUCH, LONG, LONG);
    read(exchange, 1, 1, 1, 1);

    assertNotCut(exchange);
  }

  @Test
  void whatCameInOneWindowDoesNotCountInTheNext() throws Exception {
    var exchange = exchange(1000, Duration.ZERO, LONG);
    read(exchange, MUCH);
    assertNotCut(exchange);
    read(exchange);

    assertCut(exchange, "fewer than 1000 bytes per second move");
  }

  @Test
  void bytesCountOnlyForWhoWaitsForABody() throws Exception {
    var exchange = exchange(1000, Duration.ZERO, LONG);
    exchange.await(LONG);
    exchange.resume(MUCH);
    exchange.resume(MUCH);
    read(exchange);

    assertCut(exchange, "fewer than 1000 bytes per second move");
  }

  @Test
  void anyRateIsEnoughWhereNoneIsAskedFor() throws Exception {
    var exchange = exchange(0, Duration.ZERO, Duration.ZERO);
    read(exchange, 1, 1, 1, 1);
    exchange.awaitSent(LONG);
    tick();
    exchange.run();

    assertNotCut(exchange);
  }

  @Test
  void onlySeveralReadsAreATrickle() throws Exception {
    var exchange = exchange(MUCH, LONG, Duration.ZERO);
    read(exchange, 1, 1, 0, 0);
    assertNotCut(exchange);
    read(exchange, 1, 1);
    assertNotCut(exchange);
    read(exchange, 1, 1, 1);

    assertCut(exchange, "fewer than " + MUCH + " bytes per second move");
  }

  @Test
  void aTrickleIsMeasuredAnewEachTime() throws Exception {
    var exchange = exchange(1_000_000_000, LONG, Duration.ZERO);
    read(exchange, MUCH, MUCH, MUCH);
    assertNotCut(exchange);
    read(exchange, 1, 1, 1);

    assertCut(exchange, "fewer than 1000000000 bytes per second move");
  }
}
