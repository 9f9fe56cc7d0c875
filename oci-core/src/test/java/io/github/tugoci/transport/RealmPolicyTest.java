package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.net.HostMemory;
import io.github.tugoci.net.HostProfile;
import io.github.tugoci.net.RealmPolicy;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A token server on another host gets the password: it is told, and an embedder can refuse. */
class RealmPolicyTest {
  private final List<String> notes = new ArrayList<>();
  private final AtomicInteger tokens = new AtomicInteger();
  private HttpServer server;
  private String host;
  private URI realm;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    int port = server.getAddress().getPort();
    host = "127.0.0.1:" + port;
    realm = URI.create("http://localhost:" + port + "/token");
    server.createContext(
        "/",
        exchange -> {
          boolean token = exchange.getRequestURI().getPath().equals("/token");
          tokens.addAndGet(token ? 1 : 0);
          var sent = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
          var body = "{\"token\":\"t\"}".getBytes(UTF_8);
          exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"" + realm + "\"");
          exchange.sendResponseHeaders(token || sent.equals("Bearer t") ? 200 : 401, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void push(RealmPolicy policy, HostMemory memory) throws IOException {
    var keychain = Keychain.of(host, new Credential.Password("bob", "hunter2", "the test"));
    var options =
        TransportOptions.builder().realmPolicy(policy).hostMemory(memory).notes(notes::add).build();
    try (var transport = new Transport(options, keychain)) {
      for (int i = 0; i < 2; i++) {
        var scope = Scope.push(new RepositoryName("a/b" + i));
        transport.send(Request.of("GET", host, "/v2/").scopes(scope).build()).close();
      }
    }
  }

  @Test
  void itIsToldOnceWhereThePasswordGoes() throws Exception {
    push(RealmPolicy.ANY, HostMemory.NONE);
    assertThat(notes)
        .containsExactly(
            "%s names http://%s as its token server: the password of bob from the test is sent there"
                .formatted(host, realm.getAuthority()));
  }

  @Test
  void aHostOnTheListIsAsked() throws Exception {
    push(RealmPolicy.hosts(Set.of("localhost")), HostMemory.NONE);
    assertThat(tokens).hasValue(2);
  }

  @Test
  void anotherHostIsRefusedThoughItIsRemembered() {
    HostMemory memory =
        new HostMemory() {
          @Override
          public Optional<HostProfile> find(String name) {
            return Optional.of(HostProfile.UNKNOWN.withTokens(realm, null));
          }

          @Override
          public void remember(String name, HostProfile profile) {}
        };
    for (var policy : List.of(RealmPolicy.SAME_HOST, RealmPolicy.hosts(Set.of("other.example")))) {
      for (var remembered : List.of(HostMemory.NONE, memory)) {
        assertThatThrownBy(() -> push(policy, remembered))
            .isInstanceOf(AuthenticationException.class)
            .hasMessageContaining("realm policy")
            .hasMessageNotContaining("hunter2");
      }
    }
    assertThat(tokens).hasValue(0);
  }
}
