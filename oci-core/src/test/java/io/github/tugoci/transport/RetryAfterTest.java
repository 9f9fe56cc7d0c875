package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.net.Headers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a server asks to wait: in its header, or in GHCR's text. */
class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2015-10-21T07:28:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0                             | PT0S",
        " 120                          | PT2M",
        "86400                         | PT24H",
        "86401                         | PT24H",
        "999999999                     | PT24H",
        "Wed, 21 Oct 2015 07:28:30 GMT | PT30S",
        "Wed, 21 Oct 2015 07:28:00 GMT | PT0S",
        "Wed, 21 Oct 2015 07:27:59 GMT | PT0S",
        "Fri, 21 Oct 2016 07:28:00 GMT | PT24H",
      })
  void theHeaderSaysItInSecondsOrAsADateAndNeverOverADay(String header, Duration expected) {
    assertThat(RetryAfter.of(Headers.EMPTY.with("retry-after", header), "", NOW))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-1", "1.5", "1234567890", "Wed, 21 Oct"})
  void aHeaderThatCannotBeReadSaysNothing(String header) {
    var headers = Headers.EMPTY.with("Retry-After", header);

    assertThat(RetryAfter.of(headers, "retry-after: 5s", NOW)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry-after: 10.305464ms, allowed: 44000/minute | PT0.010305464S",
        "Retry-After:716.528µs                           | PT0.000716528S",
        "retry-after: 5us                                | PT0.000005S",
        "retry-after: 1h2m3s                             | PT1H2M3S",
        "retry-after: 7ns                                | PT0.000000007S",
        "retry-after: 1.5ns                              | PT0.000000002S",
        "retry-after: 25h                                | PT24H",
        "retry-after: 3 s                                |",
        "slow down                                       |",
      })
  void theTextSaysItAsGoWritesDurations(String text, Duration expected) {
    assertThat(RetryAfter.of(Headers.EMPTY, text, NOW)).isEqualTo(expected);
  }

  @Test
  void theHeaderCountsBeforeTheText() {
    var headers = Headers.EMPTY.with("Retry-After", "2");

    assertThat(RetryAfter.of(headers, "retry-after: 5s", NOW)).isEqualTo(Duration.ofSeconds(2));
    assertThat(RetryAfter.of(Headers.EMPTY.with("Retry-After", " "), "retry-after: 5s", NOW))
        .isEqualTo(Duration.ofSeconds(5));
  }
}
