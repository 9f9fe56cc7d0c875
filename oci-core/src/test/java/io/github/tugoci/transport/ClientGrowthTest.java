package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.auth.Scope;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What a client keeps doesn't grow with what it does. */
class ClientGrowthTest {
  private static void answer(HttpExchange exchange) throws IOException {
    boolean token = exchange.getRequestURI().getPath().equals("/token");
    boolean authorized = exchange.getRequestHeaders().containsKey("Authorization");
    var body = (token ? "{\"token\":\"t\",\"expires_in\":3600}" : "{}").getBytes(UTF_8);
    exchange
        .getResponseHeaders()
        .set(
            "WWW-Authenticate",
            "Bearer realm=\"http://%s/token\""
                .formatted(exchange.getRequestHeaders().getFirst("Host")));
    exchange.sendResponseHeaders(token || authorized ? 200 : 401, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void tenThousandScopesAndCredentialsLeaveNoMoreThanItsBounds() throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", ClientGrowthTest::answer);
    var threads = Executors.newFixedThreadPool(8);
    server.setExecutor(threads);
    server.start();
    var host = "127.0.0.1:" + server.getAddress().getPort();
    // Each second repository has a credential of its own.
    Keychain keychain =
        (asked, repository) -> {
          int number = Integer.parseInt(String.valueOf(repository).substring(1));
          return Optional.of(
              new Credential.Password("bob" + (number % 2 == 0 ? number : 0), "x", "the test"));
        };
    try (var transport = new Transport(TransportOptions.defaults(), keychain)) {
      int half = 0;
      for (int i = 1; i <= 10_000; i++) {
        var scope = Scope.pull(new RepositoryName("r" + i));
        transport.send(Request.of("GET", host, "/v2/").scopes(scope).reads(100).build()).close();
        half = i == 5000 ? transport.size() : half;
      }
      assertThat(transport.size()).isLessThan(2500).isLessThanOrEqualTo(half);
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
  }
}
