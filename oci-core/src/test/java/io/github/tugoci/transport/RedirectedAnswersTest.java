package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.fixture.Certificates;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.text.SentSecrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of an answer that leads elsewhere: nothing, and no secret that was sent for it. */
class RedirectedAnswersTest {
  private final HttpExecutor connections = new HttpExecutor(TransportOptions.defaults());
  private final ToldServer server;

  RedirectedAnswersTest() throws IOException {
    server = new ToldServer();
  }

  @AfterEach
  void close() {
    connections.close();
    server.close();
  }

  private Response get(String path, @Nullable String authorization) throws IOException {
    var request = Request.of("GET", server.host(), path).build();
    var uri = URI.create("http://" + server.host() + path);
    return new Redirects(connections).exchange(request, uri, authorization);
  }

  private Response send(Request.Builder request) throws IOException {
    var uri = URI.create("http://" + server.host() + "/a");
    return new Redirects(connections).exchange(request.build(), uri, null);
  }

  private Request.Builder request(String method) {
    return Request.of(method, server.host(), "/a");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, 301, true",
    "GET, 302, true",
    "HEAD, 303, true",
    "GET, 307, true",
    "GET, 308, true",
    "GET, 300, false",
    "POST, 301, false",
    "PUT, 302, false",
    "POST, 303, false",
    "PUT, 307, true",
    "DELETE, 308, true"
  })
  void aReadIsLedAnywhereAndOthersWhereTheyStayTheSame(String method, int status, boolean led)
      throws Exception {
    server.answer("/a", status, "", "Location", "/b").answer("/b", 200, "");

    try (var response = send(request(method))) {
      assertThat(response.status()).isEqualTo(led ? 200 : status);
    }
    assertThat(server.requests).hasSize(led ? 2 : 1);
    assertThat(server.requests).last().asString().isEqualTo(method + (led ? " /b" : " /a"));
  }

  @Test
  void aRedirectThatIsWantedOrLeadsNowhereIsAnAnswer() throws Exception {
    server.answer("/a", 307, "", "Location", "/b");
    try (var response = send(request("GET").allowedStatuses(307))) {
      assertThat(response.status()).isEqualTo(307);
    }
    server.answer("/b", 307, "");
    try (var response = get("/b", null)) {
      assertThat(response.status()).isEqualTo(307);
    }
  }

  @Test
  void tenRedirectsAreFollowedAndNoMore() throws Exception {
    for (int i = 0; i < 10; i++) {
      server.answer("/a", 307, "", "Location", "/a");
    }
    server.answer("/a", 200, "");
    send(request("GET")).close();
    assertThat(server.requests).hasSize(11);

    server.answer("/b", 307, "", "Location", "/b");
    assertThatThrownBy(() -> get("/b", null))
        .isInstanceOf(RegistryException.class)
        .hasMessage("the registry answered 307, it redirects more than ten times");
    assertThat(server.requests).hasSize(22);
  }

  @ParameterizedTest
  @CsvSource({"ftp://elsewhere/b, ftp", "mailto:x, mailto", "http:b, http"})
  void onlyHttpIsFollowed(String location, String scheme) {
    server.answer("/a", 307, "", "Location", location);

    assertThatThrownBy(() -> send(request("GET")))
        .isInstanceOf(RegistryException.class)
        .hasMessage("the registry answered 307, it redirects to " + scheme + ", not to http");
    assertThat(connections.size()).isZero();
  }

  @Test
  void anAuthorizationStaysAtItsOrigin() throws Exception {
    try (var other = new ToldServer()) {
      other.answer("/b", 307, "", "Location", "http://" + server.host() + "/c");
      server
          .answer("/a", 307, "", "Location", "http://" + other.host() + "/b")
          .answer("/c", 200, "");
      get("/a", "Bearer given").close();

      assertThat(other.requests).containsExactly("GET /b");
      assertThat(server.requests).containsExactly("GET /a Bearer given", "GET /c Bearer given");
    }
  }

  @Test
  void whatIsEncryptedStaysSo() throws Exception {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var secure = HttpsServer.create(address, 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(Certificates.shared().serverContext()));
    secure.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "http://" + server.host() + "/b");
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        });
    secure.start();
    try (var any = new HttpExecutor(TransportOptions.builder().insecure(true).build())) {
      var uri = URI.create("https://127.0.0.1:" + secure.getAddress().getPort() + "/a");
      assertThatThrownBy(() -> new Redirects(any).exchange(request("GET").build(), uri, null))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("from https to http://" + server.host())
          .hasMessageEndingWith("which is not encrypted");
      assertThat(server.requests).isEmpty();
    } finally {
      secure.stop(0);
    }
  }

  @Test
  void anAnswerThatLeadsElsewhereIsClosed() throws Exception {
    server.answer("/a", 307, "see /b", "Location", "/b").answer("/b", 200, "here");

    try (var response = get("/a", null)) {
      assertThat(response.uri().getPath()).isEqualTo("/b");
      assertThat(connections.size()).isEqualTo(1);
    }
    assertThat(connections.size()).isZero();
  }

  @Test
  void anAnswerThatLeadsNowhereIsClosed() {
    server.answer("/a", 307, "see there", "Location", "http://[there");

    assertThatThrownBy(() -> get("/a", null)).isInstanceOf(InvalidContentException.class);
    assertThat(connections.size()).isZero();
  }

  @Test
  void anAuthorizationIsHiddenFromThenOn() throws Exception {
    server.answer("/a", 200, "");
    var secret = UUID.randomUUID().toString();
    get("/a", "Bearer " + secret).close();

    assertThat(server.requests).containsExactly("GET /a Bearer " + secret);
    assertThat(SentSecrets.hide("got " + secret)).isEqualTo("got …");
  }
}
