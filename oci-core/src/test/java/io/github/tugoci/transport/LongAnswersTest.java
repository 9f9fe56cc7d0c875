package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.net.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts of any length are read with little stack: an error of that kind isn't ours to catch. */
class LongAnswersTest {
  @Test
  void aLongWarningIsReported() {
    var reported = new ArrayList<String>();

    new WarningCollector(reported::add)
        .collect("h", Headers.EMPTY.with("Warning", "299 - \"" + "a\\b".repeat(50_000) + "\""));

    assertThat(reported).hasSize(1);
  }

  @Test
  void aLongTimeToWaitIsRead() {
    var text = "retry-after: " + "1.5s".repeat(50_000);

    assertThat(RetryAfter.of(Headers.EMPTY, text, Instant.EPOCH))
        .isEqualTo(Duration.ofMinutes(1250));
  }

  @Test
  void manyChallengesAreRead() {
    var header = "Basic realm=\"a\\\"b\", ".repeat(20_000);

    assertThat(Challenge.parse(List.of(header))).hasSize(20_000);
  }
}
