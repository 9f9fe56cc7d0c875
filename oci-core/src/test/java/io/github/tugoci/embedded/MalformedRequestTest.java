package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.reference.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no HTTP client sends, or only on a bad day (RFC 9112). */
@Timeout(60)
class MalformedRequestTest {
  private static final String POST =
      "POST /v2/acme/web/blobs/uploads/?digest=%s HTTP/1.1\nHost: a\n"
          .formatted(Digest.of("0123456789".getBytes(UTF_8)));
  private static final String BLOB =
      "/v2/acme/web/blobs/" + Digest.of("0123456789".getBytes(UTF_8));

  @RegisterExtension final TestRegistry registry = TestRegistry.start();

  /** What the registry says until it closes the connection, to which nothing more comes. */
  private String answer(String text) throws Exception {
    try (var raw = new RawConnection(registry.uri())) {
      return raw.send(text).end().rest();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\n\n",
        "GET /v2/\n\n",
        "get /v2/ HTTP/1.1\nHost: a\n\n",
        "GET v2/ HTTP/1.1\nHost: a\n\n",
        "GET /v2/  HTTP/1.1\nHost: a\n\n",
        "GET /v2/\u00fc HTTP/1.1\nHost: a\n\n",
        "GET /v2/ HTTP/1.1 \nHost: a\n\n",
        "GET /v2/ HTTP/1.1\n\n",
        "GET /v2/ HTTP/1.1\nHost: a\nHost: b\n\n",
        "GET /v2/ HTTP/1.1\nHost: a\nAuthorization: x\nauthorization: y\n\n",
        "GET /v2/ HTTP/1.1\nHost: a\n folded\n\n",
        "GET /v2/ HTTP/1.1\nHost : a\n\n",
        "GET /v2/ HTTP/1.1\nHost: a\n: x\n\n",
        "GET /v2/ HTTP/1.1\nHost: a\nNoColon\n\n",
        "GET /v2/ HTTP/1.1\nHost: a\nX: a\u0000b\n\n",
        "GET /v2/ HTTP/1.1\nHost: a\nX: a\rY: b\n\n",
        "GET /v2/%zz HTTP/1.1\nHost: a\n\n",
        "GET /v2/?n=% HTTP/1.1\nHost: a\n\n",
        "GET /v2/ HTTP/1.1\nHost: a\nContent-Length: -1\n\n",
        "GET /v2/ HTTP/1.1\nHost: a\nContent-Length: +1\n\n",
        "GET /v2/ HTTP/1.1\nHost: a\nContent-Length: 1, 1\n\n",
        "GET /v2/ HTTP/1.1\nHost: a\nContent-Length: 99999999999999999999\n\n",
        "GET /v2/ HTTP/1.1\nHost: a\nContent-Length: 1\nContent-Length: 1\n\n",
        "GET /v2/ HTTP/1.1\nHost: a\nContent-Length: 1\nTransfer-Encoding: chunked\n\n",
        "GET /v2/ HTTP/1.0\nTransfer-Encoding: chunked\n\n",
      })
  void whatIsMalformedIsRefusedAndTheConnectionEnds(String request) throws Exception {
    var answer = answer(request + "GET /v2/ HTTP/1.1\nHost: a\n\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 400 Bad Request\r\n")
        .contains("\r\nConnection: close\r\n", "{\"errors\":[{\"code\":\"UNSUPPORTED\",");
    assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
  }

  @Test
  void whatIsTooLongIsRefused() throws Exception {
    assertThat(answer("GET /" + "a".repeat(17_000) + " HTTP/1.1\nHost: a\n\n"))
        .startsWith("HTTP/1.1 414 ");
    var get = "GET /v2/ HTTP/1.1\nHost: a\n";
    assertThat(answer(get + "X: " + "a".repeat(17_000) + "\n\n")).startsWith("HTTP/1.1 431 ");
    assertThat(answer(get + "X: a\n".repeat(100) + "\n")).startsWith("HTTP/1.1 431 ");
    assertThat(answer(get + ("X: " + "a".repeat(15_000) + "\n").repeat(5) + "\n"))
        .startsWith("HTTP/1.1 431 ");
    assertThat(answer(get + "X: a\n".repeat(98) + "\n")).startsWith("HTTP/1.1 200 ");
  }

  /** A line is counted with its CR, the head without line ends. */
  @Test
  void aHeadIsReadUpToItsLimits() throws Exception {
    int line = 16 << 10;
    var target = "/v2/?" + "a".repeat(line - "GET /v2/? HTTP/1.1\r".length());
    assertThat(answer("GET " + target + " HTTP/1.1\nHost: a\n\n")).startsWith("HTTP/1.1 200 ");
    assertThat(answer("GET " + target + "a HTTP/1.1\nHost: a\n\n")).startsWith("HTTP/1.1 414 ");
    var longest = "X: " + "a".repeat(line - "X: \r".length());
    var most = "GET /v2/ HTTP/1.1\nHost: a\n" + (longest + "\n").repeat(3);
    assertThat(answer(most + "\n")).startsWith("HTTP/1.1 200 ");
    assertThat(answer(most.replaceFirst("\nX: ", "\nX: a") + "\n")).startsWith("HTTP/1.1 431 ");
    var last = "X: " + "a".repeat((64 << 10) - "Host: aX: ".length() - 3 * longest.length());
    assertThat(answer(most + last + "\n\n")).startsWith("HTTP/1.1 200 ");
    assertThat(answer(most + last + "a\n\n")).startsWith("HTTP/1.1 431 ");
    var fields = "GET /v2/ HTTP/1.1\nHost: a\n" + "X: a\n".repeat(99);
    assertThat(answer(fields + "\n")).startsWith("HTTP/1.1 200 ");
    assertThat(answer(fields + "X: a\n\n")).startsWith("HTTP/1.1 431 ");
  }

  @Test
  void otherVersionsEncodingsAndExpectationsAreNotKnown() throws Exception {
    assertThat(answer("GET /v2/ HTTP/2.0\nHost: a\n\n")).startsWith("HTTP/1.1 505 ");
    assertThat(answer(POST + "Transfer-Encoding: gzip, chunked\n\n")).startsWith("HTTP/1.1 501 ");
    assertThat(answer(POST + "Expect: 200-ok\n\n")).startsWith("HTTP/1.1 417 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\n0123456789\n0\n\n",
        "-a\n0123456789\n0\n\n",
        "\n0123456789\n0\n\n",
        "9\n0123456789\n0\n\n",
        "ffffffffffffffffffff\n0",
      })
  void aMalformedChunkIsRefusedAndNothingIsKept(String body) throws Exception {
    assertThat(answer(POST + "Transfer-Encoding: chunked\n\n" + body))
        .startsWith("HTTP/1.1 400 ")
        .contains("\r\nConnection: close\r\n");
    registry.get(BLOB).expect(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "a\n01234", "a\n0123456789", "a\n0123456789\n", "a\n0123456789\n0\n"})
  void aCutChunkedBodyGetsNoAnswerAndNothingIsKept(String body) throws Exception {
    assertThat(answer(POST + "Transfer-Encoding: chunked\n\n" + body)).isEmpty();
    registry.get(BLOB).expect(404);
  }

  @Test
  void chunksMayHaveExtensionsAndTrailers() throws Exception {
    var body = "4;x=y\n0123\n06\n456789\n0\nTrailer: x\n\n";
    assertThat(answer(POST + "Transfer-Encoding: Chunked\n\n" + body)).startsWith("HTTP/1.1 201 ");
  }

  @Test
  void aRequestMayComeByteByByte() throws Exception {
    var request = POST + "Content-Length: 10\nConnection: close\n\n0123456789";
    try (var raw = new RawConnection(registry.uri())) {
      for (int i = 0; i < request.length(); i++) {
        raw.send(request.substring(i, i + 1));
      }
      assertThat(raw.rest()).startsWith("HTTP/1.1 201 ");
    }
  }

  @Test
  void requestsMayComeAllAtOnce() throws Exception {
    var answer =
        answer(
            "GET /v2/ HTTP/1.1\nHost: a\n\n"
                + POST
                + "Content-Length: 10\n\n0123456789"
                + "\nGET "
                + BLOB
                + " HTTP/1.1\nHost: a\nConnection: x, Close\n\n"
                + "GET /v2/ HTTP/1.1\nHost: a\n\n");
    assertThat(answer).containsSubsequence("HTTP/1.1 200 ", "HTTP/1.1 201 ", "HTTP/1.1 200 ");
    assertThat(answer).endsWith("\r\n\r\n0123456789");
  }

  @Test
  void aTargetMayBeAWholeUrl() throws Exception {
    assertThat(answer("GET http://example.com/v2/ HTTP/1.1\nHost: example.com\n\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void anOldClientIsServedOnce() throws Exception {
    var get = "GET /v2/ HTTP/1.0\n";
    assertThat(answer(get + "\n" + get + "\n").split("HTTP/1.1 200", -1)).hasSize(2);
    assertThat(answer((get + "Connection: keep-alive\n\n").repeat(2)).split("HTTP/1.1 200", -1))
        .hasSize(3);
  }

  @Test
  void aClientThatWaitsIsToldToGoOn() throws Exception {
    try (var raw = new RawConnection(registry.uri())) {
      raw.send(POST + "Content-Length: 10\nExpect: 100-continue\nConnection: close\n\n");
      assertThat(raw.line()).isEqualTo("HTTP/1.1 100 Continue");
      assertThat(raw.line()).isEmpty();
      assertThat(raw.send("0123456789").rest()).startsWith("HTTP/1.1 201 ");
    }
  }

  @Test
  void aClientThatWaitsIsToldWhenItNeedNotSend() throws Exception {
    try (var raw = new RawConnection(registry.uri())) {
      raw.send("PUT /v2/A/manifests/v1 HTTP/1.1\nHost: a\nContent-Length: 10\n");
      raw.send("Expect: 100-continue\n\n").end();
      assertThat(raw.rest()).startsWith("HTTP/1.1 400 ").contains("\r\nConnection: close\r\n");
    }
  }

  @Test
  void aClientThatSendsMuchForNothingGetsItsAnswer() throws Exception {
    try (var raw = new RawConnection(registry.uri())) {
      raw.send("PUT /v2/A/manifests/v1 HTTP/1.1\nHost: a\nContent-Length: 5000000\n\n");
      for (int i = 0; i < 50; i++) {
        raw.send("x".repeat(100_000));
      }
      assertThat(raw.end().rest()).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void aConnectionThatIsBrokenOffHarmsNoOther() throws Exception {
    for (int i = 0; i < 20; i++) {
      new RawConnection(registry.uri()).send(POST + "Content-Length: 10\n\n01").reset();
    }
    registry.get("/v2/").expect(200);
    registry.get(BLOB).expect(404);
  }
}
