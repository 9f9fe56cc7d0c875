package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.error.RegistryException;
import io.github.tugoci.error.RegistryException.Detail;
import io.github.tugoci.net.Headers;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of an answer that says no. */
class ErrorResponsesTest {
  private boolean closed;

  private RegistryException read(int status, String body) {
    var stream =
        new ByteArrayInputStream(body.getBytes(UTF_8)) {
          @Override
          public void close() {
            closed = true;
          }
        };
    var uri = URI.create("https://host/v2/a/tags/list?secret=1");
    return ErrorResponses.read("GET", new Response(uri, status, Headers.EMPTY, stream));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // the distribution's errors
        "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no\"}]}             | DENIED: no",
        "{\"errors\":[{\"code\":\"DENIED\",\"detail\":{\"a\":1}}]}           | DENIED: ({a=1})",
        "{\"errors\":[{\"message\":\"no\",\"detail\":\"why\"}],\"error\":\"x\"} | no (why)",
        // OAuth2's and Docker Hub's
        "{\"error\":\"invalid_grant\",\"error_description\":\"bad\"}         | invalid_grant: bad",
        "{\"error\":\"invalid_grant\"}                                       | invalid_grant",
        "{\"code\":\"x\",\"message\":\"bad\"}                                | x: bad",
        "{\"details\":\"incorrect\",\"message\":\"bad\"}                     | incorrect",
        "{\"error\":{\"a\":1},\"code\":\"y\"}                                | y",
        // neither
        "too many requests                                                   | too many requests",
      })
  void whatTheServerSaysIsTold(String body, String told) {
    assertThat(read(400, body).details()).extracting(Detail::toString).containsExactly(told);
    assertThat(read(400, body)).hasMessage("the registry answered 400, " + told);
    assertThat(closed).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{}", "{\"errors\":[]}", " <html>x</html>", "{\"error\":7}"})
  void whatSaysNothingIsLeftOut(String body) {
    assertThat(read(400, body)).hasMessage("the registry answered 400");
    assertThat(read(400, body).details()).isEmpty();
  }

  @Test
  void theRequestIsToldWithoutItsQuery() {
    assertThat(read(404, "").request()).hasToString("GET https://host/v2/a/tags/list?…");
    assertThat(read(404, "").status()).isEqualTo(404);
  }

  @Test
  void aRefusalForTooManyRequestsMayBeRepeated() {
    assertThat(read(403, "You exceeded a secondary Rate Limit").retryAfter())
        .hasValue(Duration.ofSeconds(1));
    assertThat(read(403, "rate limit, retry-after: 3ms").retryAfter())
        .hasValue(Duration.ofMillis(3));
    assertThat(read(403, "denied").retryAfter()).isEmpty();
    assertThat(read(404, "rate limit").retryAfter()).isEmpty();
  }

  @Test
  void aTextIsCutToOneLine() {
    assertThat(ErrorResponses.sanitize("a\n\u001b[31mb" + "c".repeat(400)))
        .startsWith("a [31mbcc")
        .hasSize(301)
        .endsWith("…");
  }
}
