package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.fixture.Certificates;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.ProxySettings;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A server that answers a body's beginning and closes: what it hasn't read becomes a reset, and its
 * answer is heard nonetheless. Files on plain connections: {@link FileBodyTest}.
 */
@Timeout(60)
class RefusedBodyTest {
  private static final Blob BODY = Blob.of(Bytes.of(new byte[32 << 20]));
  private static final Certificates CERTIFICATES = Certificates.shared();

  private final InetAddress here = InetAddress.getLoopbackAddress();

  /** Closed at the end of a test. */
  private @Nullable ServerSocket server;

  /** Refuses a request once its head is there. */
  private String start(ServerSocket socket) {
    return start(
        socket,
        out ->
            out.write(
                "HTTP/1.1 413 Content Too Large\r\nContent-Length: 9\r\n\r\ntoo large"
                    .getBytes(US_ASCII)));
  }

  private interface Answer {
    void write(OutputStream out) throws IOException;
  }

  private String start(ServerSocket socket, Answer answer) {
    server = socket;
    var thread =
        new Thread(
            () -> {
              try (var connection = socket.accept()) {
                var in = connection.getInputStream();
                for (int seen = 0; seen != 0x0d0a0d0a; ) {
                  seen = seen << 8 | in.read();
                }
                answer.write(connection.getOutputStream());
              } catch (IOException e) {
                // The test fails by the answer that is missing.
              }
            });
    thread.setDaemon(true);
    thread.start();
    return "127.0.0.1:" + socket.getLocalPort();
  }

  @AfterEach
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private static void put(String host, TransportOptions.Builder options) throws IOException {
    var once = new RetryPolicy(0, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    var request =
        Request.of("PUT", host, "/v2/a/blobs/uploads/1")
            .body(BODY, MediaType.OCTET_STREAM)
            .withoutRetry()
            .build();
    try (var transport = new Transport(options.retryPolicy(once).build(), Keychain.ANONYMOUS)) {
      transport.send(request).close();
    }
  }

  private static void assertHeard(String host, TransportOptions.Builder options) {
    assertThatThrownBy(() -> put(host, options))
        .isInstanceOfSatisfying(
            RegistryException.class, answer -> assertThat(answer.status()).isEqualTo(413));
  }

  /** Each is skipped, as the answer is still to come: by that a server could hold us for ever. */
  @Test
  void interimAnswersWithoutEndAreGivenUp() throws Exception {
    var next = "HTTP/1.1 100 Continue\r\n\r\n".repeat(100).getBytes(US_ASCII);
    var host =
        start(
            new ServerSocket(0, 50, here),
            out -> {
              while (true) {
                out.write(next);
              }
            });

    assertThatThrownBy(
            () -> put(host, TransportOptions.builder().readTimeout(Duration.ofSeconds(1))))
        .isInstanceOf(NetworkException.class)
        .hasCauseInstanceOf(SocketTimeoutException.class);
  }

  @RepeatedTest(10)
  void onAPlainConnection() throws Exception {
    assertHeard(start(new ServerSocket(0, 50, here)), TransportOptions.builder());
  }

  @RepeatedTest(10)
  void throughAProxy() throws Exception {
    var proxy = "http://" + start(new ServerSocket(0, 50, here));
    assertHeard(
        "registry.invalid",
        TransportOptions.builder()
            .plainHttp(true)
            .proxy(ProxySettings.of(Map.of("HTTP_PROXY", proxy))));
  }

  @RepeatedTest(10)
  void overTls() throws Exception {
    var sockets = CERTIFICATES.serverContext().getServerSocketFactory();
    assertHeard(
        start(sockets.createServerSocket(0, 50, here)),
        TransportOptions.builder().plainHttp(false).caFile(CERTIFICATES.authorityFile()));
  }
}
