package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.net.ProxySettings;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that is cut inside its header is a transport failure: the request is sent again. */
@Timeout(60)
class CutHeaderTest {
  private static final String WHOLE =
      "HTTP/1.1 200 OK\r\nDocker-Content-Digest: sha256:abc\r\nContent-Length: 2\r\n\r\nok";

  @ParameterizedTest
  @ValueSource(ints = {12, 17, 30, 46, 52, 60, 71})
  void isRetried(int cut) throws Exception {
    try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var thread = new Thread(() -> serve(server, WHOLE.substring(0, cut)));
      thread.setDaemon(true);
      thread.start();
      var options =
          TransportOptions.builder()
              .retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1)))
              .build();
      var request = Request.of("GET", "127.0.0.1:" + server.getLocalPort(), "/v2/").reads(10);
      try (var transport = new Transport(options, Keychain.ANONYMOUS);
          var response = transport.send(request.build())) {
        assertThat(response.headers().first("Docker-Content-Digest")).hasValue("sha256:abc");
        assertThat(new String(response.bytes().toArray(), US_ASCII)).isEqualTo("ok");
      }
    }
  }

  /** Connections through a proxy are others. */
  @ParameterizedTest
  @ValueSource(ints = {12, 17, 30, 46, 52, 60, 71})
  void isRetriedThroughAProxyToo(int cut) throws Exception {
    try (var proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var thread = new Thread(() -> serve(proxy, WHOLE.substring(0, cut)));
      thread.setDaemon(true);
      thread.start();
      var url = "http://127.0.0.1:" + proxy.getLocalPort();
      var options =
          TransportOptions.builder()
              .plainHttp(true)
              .proxy(ProxySettings.of(Map.of("HTTP_PROXY", url)))
              .retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1)))
              .build();
      var request = Request.of("GET", "registry.invalid", "/v2/").reads(10);
      try (var transport = new Transport(options, Keychain.ANONYMOUS);
          var response = transport.send(request.build())) {
        assertThat(response.headers().first("Docker-Content-Digest")).hasValue("sha256:abc");
      }
    }
  }

  private static void serve(ServerSocket server, String first) {
    for (var answer : new String[] {first, WHOLE}) {
      try (var socket = server.accept()) {
        socket.getInputStream().read(new byte[8192]);
        socket.getOutputStream().write(answer.getBytes(US_ASCII));
      } catch (IOException e) {
        return; // the test fails by the answer that is missing
      }
    }
  }
}
