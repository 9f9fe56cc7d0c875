package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.text.SentSecrets;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
