package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.net.ProxySettings;
import io.github.tugoci.net.TransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The user and the password in a proxy's URL. */
class ProxyLoginTest {
  private final List<String> logins = Collections.synchronizedList(new ArrayList<>());
  private final HttpServer proxy;

  ProxyLoginTest() throws IOException {
    proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext(
        "/",
        exchange -> {
          var login = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
          if (login != null) {
            var pair = Base64.getDecoder().decode(login.replace("Basic ", ""));
            logins.add(new String(pair, UTF_8));
          }
          exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"p\"");
          exchange.sendResponseHeaders(login == null ? 407 : 200, -1);
          exchange.close();
        });
    proxy.start();
  }

  @AfterEach
  void stop() {
    proxy.stop(0);
  }

  private void ask(String login) throws IOException {
    var url = "http://" + login + "127.0.0.1:" + proxy.getAddress().getPort();
    var options =
        TransportOptions.builder()
            .plainHttp(true)
            .proxy(ProxySettings.of(Map.of("HTTP_PROXY", url)))
            .build();
    try (var transport = new Transport(options, Keychain.ANONYMOUS)) {
      transport.send(Request.of("GET", "registry.invalid", "/v2/").build()).close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "us%65r:pass%3Aword, user:pass:word",
    "user, user:",
    "user:, user:",
    "a+b:c+d%2B:e, a+b:c+d+:e",
  })
  void areDecodedAndAPlusIsAPlus(String login, String sent) throws Exception {
    ask(login + "@");

    assertThat(logins).containsExactly(sent);
  }

  @Test
  void areNotInventedWhereThereAreNone() {
    assertThatThrownBy(() -> ask(""))
        .isInstanceOf(NetworkException.class)
        .hasMessage(
            "no answer from registry.invalid: the proxy answered 407 Proxy Authentication Required");
    assertThat(logins).isEmpty();
  }
}
