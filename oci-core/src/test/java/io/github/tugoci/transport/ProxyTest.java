package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.net.Origin;
import io.github.tugoci.net.ProxySettings;
import io.github.tugoci.net.TransportOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proxies by the rules of curl and Go. */
class ProxyTest {
  private static String proxyFor(Map<String, String> environment, String url) {
    return ProxySettings.of(environment)
        .find(Origin.of(URI.create(url)))
        .map(URI::toString)
        .orElse("direct");
  }

  @Test
  void theSchemeChoosesTheProxy() {
    var environment =
        Map.of("HTTPS_PROXY", "http://secure:1", "http_proxy", "plain:2", "HTTP_PROXY", "x:3");
    assertThat(proxyFor(environment, "https://ghcr.io/v2/")).isEqualTo("http://secure:1");
    assertThat(proxyFor(environment, "http://ghcr.io/v2/")).isEqualTo("http://plain:2");
    assertThat(proxyFor(environment, "http://localhost:5000/v2/")).isEqualTo("direct");
    assertThat(proxyFor(environment, "http://[::1]:5000/v2/")).isEqualTo("direct");
    assertThat(proxyFor(Map.of(), "https://ghcr.io/v2/")).isEqualTo("direct");
  }

  @ParameterizedTest
  @CsvSource({
    "*, ghcr.io, direct",
    "ghcr.io, ghcr.io, direct",
    "ghcr.io, sub.ghcr.io, direct",
    ".ghcr.io, sub.ghcr.io, direct",
    ".ghcr.io, ghcr.io, http://p:1",
    "*.ghcr.io, sub.ghcr.io, direct",
    "cr.io, ghcr.io, http://p:1",
    "ghcr.io:443, ghcr.io, direct",
    "ghcr.io:8443, ghcr.io, http://p:1",
    "10.0.0.0/8, 10.1.2.3, direct",
    "10.0.0.0/8, 11.1.2.3, http://p:1",
    "10.0.0.0/8, ghcr.io, http://p:1",
    "10.1.2.3, 10.1.2.3, direct",
    "fd00::/8, [fd00::1], direct",
    "fd00::/8, [fe80::1], http://p:1",
    "'other, GHCR.io', ghcr.io, direct",
    "10.0.0.0/99, 10.1.2.3, http://p:1",
  })
  void noProxyMakesExceptions(String rules, String host, String expected) {
    var environment = Map.of("HTTPS_PROXY", "http://p:1", "NO_PROXY", rules);
    assertThat(proxyFor(environment, "https://" + host + "/")).isEqualTo(expected);
  }

  @Test
  void aMalformedProxyIsNamedWithoutItsPassword() {
    assertThatThrownBy(() -> ProxySettings.of(Map.of("HTTPS_PROXY", "http://u:s3cret@ho st")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HTTPS_PROXY")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> ProxySettings.of(Map.of("HTTPS_PROXY", "socks5://host:1")))
        .hasMessageContaining("names no http or https proxy");
  }

  @Test
  void aProxyGetsTheRequestWithItsUserAndPassword() throws Exception {
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var who = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
          seen.add(exchange.getRequestURI() + " " + who);
          exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"p\"");
          exchange.sendResponseHeaders(who == null ? 407 : 200, -1);
          exchange.close();
        });
    server.start();
    var proxy = "http://us%65r:pass%3Aword@127.0.0.1:" + server.getAddress().getPort();
    var options =
        TransportOptions.builder()
            .plainHttp(true)
            .proxy(ProxySettings.of(Map.of("HTTP_PROXY", proxy)))
            .build();
    try (var transport = new Transport(options, Keychain.ANONYMOUS)) {
      transport.send(Request.of("GET", "registry.invalid", "/v2/").build()).close();
    } finally {
      server.stop(0);
    }
    assertThat(seen)
        .containsExactly(
            "http://registry.invalid/v2/ null",
            "http://registry.invalid/v2/ Basic dXNlcjpwYXNzOndvcmQ=");
  }
}
