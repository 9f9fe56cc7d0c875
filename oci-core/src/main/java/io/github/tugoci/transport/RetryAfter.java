package io.github.tugoci.transport;

import io.github.tugoci.net.Headers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long an answer asks to wait. */
final class RetryAfter {
  private static final Duration MAX_DELAY = Duration.ofDays(1);

  /** GHCR says it in its error's text, as a Go duration: {@code retry-after: 10.305464ms}. */
  private static final Pattern IN_TEXT =
      Pattern.compile(
          "(?i)retry-after:\\s*((?:[0-9]{1,9}(?:\\.[0-9]{1,9})?(?:h|ms|m|us|µs|ns|s))++)");

  private static final Pattern PART = Pattern.compile("([0-9.]+)(h|ms|m|us|µs|ns|s)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "h", 3_600_000_000_000L,
          "m", 60_000_000_000L,
          "s", 1_000_000_000L,
          "ms", 1_000_000L,
          "us", 1_000L,
          "µs", 1_000L,
          "ns", 1L);

  private RetryAfter() {}

  /**
   * By the {@code Retry-After} header, in seconds or as a date (RFC 9110, section 10.2.3), or else
   * by the text; null if neither says it.
   */
  static @Nullable Duration of(Headers headers, String text, Instant now) {
    var header = headers.first("Retry-After").map(String::strip).orElse("");
    if (header.matches("[0-9]{1,9}")) {
      return atMost(Duration.ofSeconds(Long.parseLong(header)));
    }
    if (!header.isEmpty()) {
      try {
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from);
        return atMost(date.isBefore(now) ? Duration.ZERO : Duration.between(now, date));
      } catch (DateTimeException e) {
        return null;
      }
    }
    var said = IN_TEXT.matcher(text);
    return said.find() ? goDuration(said.group(1)) : null;
  }

  private static Duration goDuration(String text) {
    var total = BigDecimal.ZERO;
    var part = PART.matcher(text);
    while (part.find()) {
      var unit = BigDecimal.valueOf(NANOS.getOrDefault(part.group(2), 0L));
      total = total.add(new BigDecimal(part.group(1)).multiply(unit));
    }
    var most = BigDecimal.valueOf(MAX_DELAY.toNanos());
    return Duration.ofNanos(total.min(most).setScale(0, RoundingMode.CEILING).longValue());
  }

  private static Duration atMost(Duration duration) {
    return duration.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : duration;
  }
}
