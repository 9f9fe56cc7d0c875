package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.error.OciException;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.RepositoryName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client keeps doesn't grow with what it does. */
class ClientGrowthTest {
  /** In one packet each: a server that writes head and body apart waits 40 ms for the client. */
  private static void answer(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
      for (var head = head(in); !head.isEmpty(); head = head(in)) {
        boolean token = head.startsWith("GET /token");
        var body = token ? "{\"token\":\"t\",\"expires_in\":3600}" : "{}";
        var answer =
            "HTTP/1.1 %s\r\nWWW-Authenticate: Bearer realm=\"/token\"\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(
                    token || head.contains("Authorization") ? "200 OK" : "401 No",
                    body.length(),
                    body);
        connection.getOutputStream().write(answer.getBytes(UTF_8));
      }
    } catch (IOException e) {
      // the client has gone
    }
  }

  private static String head(BufferedReader in) throws IOException {
    var head = new StringBuilder();
    for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      head.append(line).append('\n');
    }
    return head.toString();
  }

  /** Nobody waits any longer for a body that has ended early. */
  @ParameterizedTest
  @ValueSource(strings = {"200 OK\r\nContent-Length: 9", "404 No\r\nContent-Length: 9"})
  void answersThatBreakLeaveNothing(String head) throws Exception {
    try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var thread = new Thread(() -> breakOff(server, "HTTP/1.1 " + head + "\r\n\r\nx"));
      thread.setDaemon(true);
      thread.start();
      var request = Request.of("GET", "127.0.0.1:" + server.getLocalPort(), "/v2/").reads(100);
      var options =
          TransportOptions.builder().retryPolicy(RetryPolicy.defaults().withRetries(0)).build();
      try (var transport = new Transport(options, Keychain.ANONYMOUS)) {
        for (int i = 0; i < 10; i++) {
          assertThatThrownBy(() -> transport.send(request.build()))
              .isInstanceOf(OciException.class);
          assertThat(transport.size()).as("a host and its credential").isEqualTo(2);
        }
      }
    }
  }

  private static void breakOff(ServerSocket server, String answer) {
    while (!server.isClosed()) {
      try (var connection = server.accept()) {
        connection.getInputStream().read(new byte[8192]);
        connection.getOutputStream().write(answer.getBytes(UTF_8));
      } catch (IOException e) {
        // the test is over
      }
    }
  }

  @Test
  void tenThousandScopesAndCredentialsLeaveNoMoreThanItsBounds() throws Exception {
    var threads = Executors.newCachedThreadPool();
    var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var unused =
        threads.submit(
            () -> {
              while (true) {
                var connection = server.accept();
                var unusedToo = threads.submit(() -> answer(connection));
              }
            });
    var host = "127.0.0.1:" + server.getLocalPort();
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
      server.close();
      threads.shutdownNow();
    }
  }
}
