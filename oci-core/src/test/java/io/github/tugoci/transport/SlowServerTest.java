package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.net.ProxySettings;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that sends by the drop holds nobody up for long. */
class SlowServerTest {
  private static final Duration NEVER = Duration.ofHours(1);

  private final AtomicInteger tries = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile String head = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";
  private ServerSocket server;

  @BeforeEach
  void start() throws Exception {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var unused =
        threads.submit(
            () -> {
              while (true) {
                var connection = server.accept();
                var unusedToo = threads.submit(() -> drip(connection));
              }
            });
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    threads.shutdownNow();
  }

  private void drip(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      var out = connection.getOutputStream();
      out.write(head.getBytes(US_ASCII));
      while (true) {
        out.write('x');
        Thread.sleep(20);
      }
    } catch (IOException | InterruptedException e) {
      // the client has gone
    }
  }

  private IOException read(TransportOptions.Builder options) {
    var host =
        options.build().proxy().all().isEmpty()
            ? "127.0.0.1:" + server.getLocalPort()
            : "registry.invalid";
    var quick = new RetryPolicy(2, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(9));
    options.retryPolicy(quick).requestListener((request, status, took, note) -> tries.addAndGet(1));
    try (var transport = new Transport(options.build(), Keychain.ANONYMOUS)) {
      transport.send(Request.of("GET", host, "/v2/").reads(1 << 20).build()).close();
      throw new AssertionError("it ended");
    } catch (IOException e) {
      return e;
    }
  }

  @Test
  void aBodyThatTricklesIsCutLongBeforeTheReadTimeout() {
    var failure = read(TransportOptions.builder().readTimeout(Duration.ofSeconds(2)));
    assertThat(failure)
        .isInstanceOf(NetworkException.class)
        .rootCause()
        .hasMessageMatching(".*(bytes per second|closed|Stream|timed out).*");
    assertThat(tries).hasValue(3);
  }

  @Test
  void allTriesTogetherEndAtTheDeadline() {
    for (var start : new String[] {head, "HTTP/1.1 200 OK\r\nX: "}) {
      head = start;
      tries.set(0);
      var options =
          TransportOptions.builder()
              .readTimeout(NEVER)
              .minBytesPerSecond(0)
              .deadline(Duration.ofMillis(1500));
      assertThat(read(options)).isInstanceOf(NetworkException.class);
      assertThat(tries).as("no second try").hasValue(1);
    }
  }

  @Test
  void whatIsStreamedHasNoDeadline() throws Exception {
    var host = "127.0.0.1:" + server.getLocalPort();
    var deadline = Duration.ofSeconds(3);
    var options = TransportOptions.builder().minBytesPerSecond(0).deadline(deadline).build();
    try (var transport = new Transport(options, Keychain.ANONYMOUS)) {
      long end = System.nanoTime() + deadline.toNanos();
      try (var response = transport.send(Request.of("GET", host, "/v2/").build())) {
        do {
          assertThat(response.body().read()).isEqualTo('x');
        } while (System.nanoTime() < end);
      }
    }
  }

  @Test
  void aDeadlineIsPositive() {
    assertThatThrownBy(() -> TransportOptions.builder().deadline(Duration.ZERO).build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  private IOException connect(TransportOptions.Builder options) {
    return read(options.plainHttp(false).connectTimeout(Duration.ofMillis(100)));
  }

  @Test
  void tlsThatTricklesIsCut() {
    head = "\u0016\u0003\u0003@"; // a handshake's record, of 16 KiB
    var failure = connect(TransportOptions.builder());

    assertThat(failure).isInstanceOf(NetworkException.class).hasMessageContaining("in time");
    assertThat(tries).hasValue(3);
  }

  @Test
  void aProxyWhoseConsentTricklesIsCut() {
    head = "HTTP/1.1 200 OK\r\nX: ";
    var proxy = "http://127.0.0.1:" + server.getLocalPort();
    var failure =
        connect(TransportOptions.builder().proxy(ProxySettings.of(Map.of("HTTPS_PROXY", proxy))));

    assertThat(failure).isInstanceOf(NetworkException.class).hasMessageContaining("in time");
    assertThat(tries).hasValue(3);
  }
}
