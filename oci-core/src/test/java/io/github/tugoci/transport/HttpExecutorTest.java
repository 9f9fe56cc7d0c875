package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.fixture.ClosedPort;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.Headers;
import io.github.tugoci.net.TransportOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One request, one answer, and what a listener hears of them. */
class HttpExecutorTest {
  private final List<String> heard = new ArrayList<>();
  private final List<Duration> times = new ArrayList<>();
  private final HttpExecutor connections =
      new HttpExecutor(TransportOptions.builder().requestListener(this::hear).build());
  private final ToldServer server;

  HttpExecutorTest() throws IOException {
    server = new ToldServer();
  }

  private void hear(RequestLine request, int status, Duration took, String note) {
    heard.add(request.method() + " " + status + " " + note);
    times.add(took);
  }

  @AfterEach
  void close() {
    connections.close();
    server.close();
  }

  private Response send(String method, Headers headers, @Nullable Blob body) throws IOException {
    var uri = URI.create("http://" + server.host() + "/x");
    return connections.exchange(method, uri, headers, body, body == null ? null : MediaType.JSON);
  }

  private Response send(String method) throws IOException {
    return send(method, Headers.EMPTY, null);
  }

  @Test
  void theAnswerIsAsItCame() throws Exception {
    server.answer("/x", 404, "none", "X-A", "1", "X-a", "2");

    try (var response = send("GET")) {
      assertThat(response.status()).isEqualTo(404);
      assertThat(response.uri()).isEqualTo(URI.create("http://" + server.host() + "/x"));
      assertThat(response.headers().all("x-A")).containsExactly("1", "2");
      assertThat(response.body().readAllBytes()).asString(US_ASCII).isEqualTo("none");
      assertThat(connections.size()).isLessThanOrEqualTo(1);
    }
    assertThat(heard).containsExactly("GET 404 ");
    assertThat(times.get(0)).isBetween(Duration.ofNanos(1), Duration.ofMinutes(5));
  }

  @Test
  void anExchangeIsCountedUntilItIsOver() throws Exception {
    server.answer("/x", 200, "some");
    assertThat(connections.size()).isZero();
    try (var response = send("GET")) {
      assertThat(response.status()).isEqualTo(200);
      assertThat(connections.size()).isEqualTo(1);
    }
    assertThat(connections.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"HEAD, 200", "GET, 204", "GET, 304"})
  void someAnswersHaveNoBody(String method, int status) throws Exception {
    server.answer("/x", status, "");
    try (var response = send(method)) {
      assertThat(response.status()).isEqualTo(status);
      assertThat(response.body().readAllBytes()).isEmpty();
    }
  }

  @Test
  void aBodyIsSentWithItsLengthAndType() throws Exception {
    server.answer("/x", 201, "");
    var headers = new Headers(Map.of("Authorization", List.of("one")));

    send("PUT", headers, Blob.of(Bytes.of("{}".getBytes(US_ASCII)))).close();

    assertThat(server.requests).containsExactly("PUT /x one {}");
    assertThat(server.head("Content-Type")).isEqualTo("application/json");
    assertThat(server.head("Content-Length")).isEqualTo("2");
    assertThat(server.head("Accept-Encoding")).isEqualTo("identity");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/y?sig=secret         | GET 307 to /y?…",
        "/y                    | GET 307 to /y",
        "?sig=secret           | GET 307 to ?…",
      })
  void aListenerHearsWhereARedirectLeadsWithoutItsQuery(String location, String note)
      throws Exception {
    server.answer("/x", 307, "", "Location", location);
    send("GET").close();

    assertThat(heard).containsExactly(note);
  }

  @Test
  void aListenerHearsOfAFailure() throws Exception {
    try (var nobody = ClosedPort.hold()) {
      var uri = URI.create("http://" + nobody.host() + "/x");
      assertThatThrownBy(() -> connections.exchange("GET", uri, Headers.EMPTY, null, null))
          .isInstanceOf(IOException.class);
    }
    assertThat(heard).singleElement().asString().startsWith("GET -1 ").contains("refused");
  }

  @Test
  void whatIsAskedAfterTheEndIsInterrupted() {
    connections.close();

    assertThatThrownBy(() -> send("GET"))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessage("the client was closed")
        .hasCauseInstanceOf(RejectedExecutionException.class);
  }

  /** Its end may be in the kernel still, and the registry has to store it. */
  @ParameterizedTest
  @CsvSource({
    "60000, 0, 60000",
    "60000, 1048576, 92000",
    "60000, 3145728, 120000",
    "60000, 33554431, 121000",
    "60000, 33554432, 122000",
    "300, 3145728, 600",
  })
  void theAnswerToALargeBodyMayTakeLonger(long timeout, long sent, long longest) {
    var options = TransportOptions.builder().readTimeout(Duration.ofMillis(timeout)).build();

    assertThat(HttpExecutor.readTimeout(options, sent)).isEqualTo(Duration.ofMillis(longest));
  }
}
