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
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A proxy that lets nobody through isn't taken for the registry behind it. */
@Timeout(60)
class ProxyRefusalTest {
  @ParameterizedTest
  @CsvSource({
    "403 Forbidden, 1",
    "407 Proxy Authentication Required, 1",
    "401 Unauthorized, 1",
    "502 Bad Gateway, 3",
    "503 Service Unavailable, 3",
  })
  void isCalledOneAndTriedAgainWhereItMayPass(String status, int tries) throws Exception {
    try (var proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var thread = new Thread(() -> refuse(proxy, status));
      thread.setDaemon(true);
      thread.start();
      var settings = Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.getLocalPort());
      var options =
          TransportOptions.builder()
              .proxy(ProxySettings.of(settings))
              .retryPolicy(new RetryPolicy(2, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(9)))
              .build();
      try (var transport = new Transport(options, Keychain.ANONYMOUS)) {
        assertThatThrownBy(
                () -> transport.send(Request.of("GET", "registry.invalid", "/v2/").build()).close())
            .isInstanceOfSatisfying(
                NetworkException.class, e -> assertThat(e.attempts()).isEqualTo(tries))
            .hasMessageStartingWith(
                "no answer from registry.invalid: the proxy answered " + status);
      }
    }
  }

  private static void refuse(ServerSocket proxy, String status) {
    try {
      while (true) {
        try (var socket = proxy.accept()) {
          socket.getInputStream().read(new byte[8192]);
          var answer = "HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\nno";
          socket.getOutputStream().write(answer.getBytes(US_ASCII));
        }
      }
    } catch (IOException e) {
      // closed
    }
  }
}
