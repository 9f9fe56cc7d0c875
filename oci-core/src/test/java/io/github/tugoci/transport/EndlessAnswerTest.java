package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that never end: the connection is cut, and what was sent until then is little. */
@Timeout(60)
class EndlessAnswerTest {
  /** What the limits let through, and what the buffers of both ends hold. */
  private static final long LITTLE = 32 << 20;

  private final CompletableFuture<Long> sent = new CompletableFuture<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ServerSocket server;

  EndlessAnswerTest() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    end.countDown();
    server.close();
  }

  @Test
  void closingAHalfReadBodyDoesNotReadTheRest() throws Exception {
    serve("200 OK", new byte[64 << 10], Duration.ZERO);
    try (var transport = transport(60_000)) {
      var response = transport.send(request().build());
      assertThat(response.body().readNBytes(512)).hasSize(512);
      response.close();

      assertThat(sent.get()).isLessThan(LITTLE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 OK",
        "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"",
        "403 Forbidden",
        "404 Not Found",
        "307 Temporary Redirect\r\nLocation: ftp://elsewhere/"
      })
  void eachBodyHasItsLimit(String head) throws Exception {
    serve(head, new byte[64 << 10], Duration.ZERO);
    try (var transport = transport(60_000)) {
      assertThatThrownBy(() -> transport.send(request().reads(4 << 20).build()))
          .isInstanceOf(OciException.class);

      assertThat(sent.get()).isLessThan(LITTLE);
    }
  }

  @Test
  void aBodyThatTricklesEnds() throws Exception {
    serve("200 OK", new byte[1], Duration.ofMillis(20));
    try (var transport = transport(500)) {
      assertThatThrownBy(() -> transport.send(request().reads(4 << 20).build()))
          .isInstanceOf(NetworkException.class)
          .hasCauseInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aHeadThatTricklesEnds() throws Exception {
    serve("", "x".getBytes(US_ASCII), Duration.ofMillis(20));
    try (var transport = transport(500)) {
      assertThatThrownBy(() -> transport.send(request().build()))
          .isInstanceOf(NetworkException.class)
          .hasCauseInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aHeadWithoutEndHasItsLimit() throws Exception {
    serve("", "x".repeat(64 << 10).getBytes(US_ASCII), Duration.ZERO);
    try (var transport = transport(60_000)) {
      assertThatThrownBy(() -> transport.send(request().build()))
          .isInstanceOf(NetworkException.class);

      assertThat(sent.get()).isLessThan(LITTLE);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 20_000})
  void anInterruptEndsADownload(long pause) throws Exception {
    serve("200 OK", new byte[1024], Duration.ofMillis(pause));
    try (var transport = transport(60_000);
        var response = transport.send(request().build())) {
      var failure = new CompletableFuture<Throwable>();
      var reading = new CountDownLatch(1);
      var reader =
          new Thread(
              () -> {
                try {
                  response.body().read();
                  reading.countDown();
                  response.body().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                  failure.complete(e);
                }
              });
      reader.start();
      reading.await();
      reader.interrupt();

      // The server's next byte or the read timeout would come much later.
      assertThat(failure.get()).isInstanceOf(InterruptedIOException.class);
    }
  }

  private Request.Builder request() {
    return Request.of("GET", "127.0.0.1:" + server.getLocalPort(), "/v2/a/manifests/1");
  }

  private static Transport transport(long readTimeout) {
    var options =
        TransportOptions.builder()
            .readTimeout(Duration.ofMillis(readTimeout))
            .retryPolicy(new RetryPolicy(0, Duration.ZERO, Duration.ZERO, Duration.ZERO))
            .build();
    return new Transport(options, Keychain.ANONYMOUS);
  }

  /** Answers once, with a head (none if it is empty) and a body that ends with the connection. */
  private void serve(String head, byte[] piece, Duration pause) {
    var thread =
        new Thread(
            () -> {
              try (var socket = server.accept()) {
                answer(socket, head, piece, pause);
              } catch (IOException e) {
                sent.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void answer(Socket socket, String head, byte[] piece, Duration pause) throws IOException {
    socket.getInputStream().read(new byte[8192]);
    var out = socket.getOutputStream();
    if (!head.isEmpty()) {
      out.write(("HTTP/1.1 " + head + "\r\n\r\n").getBytes(US_ASCII));
    }
    long count = 0;
    try {
      do {
        out.write(piece);
        count += piece.length;
      } while (!end.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (IOException | InterruptedException e) {
      // The client has closed the connection, which is what is waited for.
    }
    sent.complete(count);
  }
}
