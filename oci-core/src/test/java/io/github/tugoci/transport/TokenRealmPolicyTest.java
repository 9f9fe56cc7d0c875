package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.net.Headers;
import io.github.tugoci.net.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which token servers are believed, where registries are, and how long they ask to wait. */
class TokenRealmPolicyTest {
  private static final Origin PUBLIC = new Origin("https", "203.0.113.7", 443);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://203.0.113.7/token",
        "https://127.0.0.1/token",
        "https://10.1.2.3/token",
        "https://192.168.1.1/token",
        "https://169.254.169.254/latest",
        "https://[::1]/token",
        "https://[fd00::1]/token",
        "https://[fe80::1]/token",
        "https://0.0.0.0/token",
        "https://user:password@203.0.113.8/token",
        "file:///etc/passwd",
        "https:///token",
        "//10.1.2.3/token",
        "https://good.example\\@203.0.113.8/token",
        "token",
        "no url",
      })
  void aRealmThatCouldReadAlongIsRefused(String realm) {
    assertThatThrownBy(() -> TokenRealmPolicy.check(PUBLIC, realm))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("refused");
  }

  @Test
  void aRealmElsewhereIsAsked() throws Exception {
    assertThat(TokenRealmPolicy.check(PUBLIC, "https://203.0.113.9/token?a=b")).hasQuery("a=b");
    assertThat(TokenRealmPolicy.check(PUBLIC, "/token?a={b}"))
        .hasToString("https://203.0.113.7/token?a=%7Bb%7D");
    var inside = new Origin("http", "10.0.0.1", 80);
    assertThat(TokenRealmPolicy.check(inside, "http://10.0.0.2/token")).hasHost("10.0.0.2");
  }

  @ParameterizedTest
  @CsvSource({
    "ghcr.io, https://ghcr.io",
    "docker.io, https://registry-1.docker.io",
    "localhost:5000, http://localhost:5000",
    "127.1.2.3:5000, http://127.1.2.3:5000",
    "[::1]:5000, http://[::1]:5000",
    "registry.localhost, http://registry.localhost",
    "127.example.com, https://127.example.com",
    "localhost.example.com:80, https://localhost.example.com:80",
  })
  void onlyLoopbackHostsAreAskedInPlainHttp(String host, String origin) {
    assertThat(Origin.of(host, null)).hasToString(origin);
    assertThat(Origin.of(host, false).scheme()).isEqualTo("https");
    assertThat(Origin.of(host, true).scheme()).isEqualTo("http");
  }

  @ParameterizedTest
  @CsvSource({
    "120, '', PT2M",
    "'Mon, 23 Nov 2026 10:00:30 GMT', '', PT30S",
    "'Mon, 23 Nov 2026 09:00:00 GMT', '', PT0S",
    "999999999, '', PT24H",
    "-5, '', ",
    "soon, 'retry-after: 5s', ",
    "'', 'retry-after: 10.305464ms, allowed: 2000/minute', PT0.010305464S",
    "'', 'Retry-After: 1m2.5s', PT1M2.5S",
    "'', 'retry-after: 99999h', PT24H",
    "'', 'try later', ",
  })
  void theWaitIsReadInEveryForm(String header, String body, Duration expected) {
    var headers = new Headers(header.isEmpty() ? Map.of() : Map.of("retry-after", List.of(header)));
    assertThat(RetryAfter.of(headers, body, Instant.parse("2026-11-23T10:00:00Z")))
        .isEqualTo(expected);
  }
}
