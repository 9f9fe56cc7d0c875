package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.RegistryException;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How fast a registry is asked after it wanted rest. */
class HostPaceTest {
  private static final Duration BUDGET = Duration.ofSeconds(60);

  private final FakeTime time = new FakeTime();
  private final List<String> notes = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final HostPace pace =
      new HostPace(
          "host",
          TransportOptions.builder()
              .timeSource(time)
              .retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO, BUDGET))
              .notes(notes::add)
              .build(),
          new WarningCollector(warnings::add));

  private static RegistryException answer(int status, @Nullable Duration retryAfter) {
    return new RegistryException(
        new RequestLine("GET", "http://host/"), status, List.of(), retryAfter);
  }

  private void refuse(RegistryException answer) throws InterruptedIOException {
    try (var place = pace.enter()) {
      place.refused(answer);
    }
  }

  @ParameterizedTest
  @CsvSource({"429, false, true", "429, true, true", "403, true, true", "403, false, false"})
  void tooManyRequestsMeanFewerAtOnce(int status, boolean asksToWait, boolean fewer)
      throws Exception {
    refuse(answer(status, asksToWait ? Duration.ofSeconds(1) : null));

    assertThat(notes).hasSize(fewer ? 1 : 0);
    assertThat(notes).allMatch("host gets at most 1 requests at once"::equals);
  }

  @Test
  void anOverloadMeansRestButNotFewerAtOnce() throws Exception {
    refuse(answer(503, Duration.ofSeconds(3)));
    pace.awaitBackOff();

    assertThat(notes).isEmpty();
    assertThat(time.pauses).containsExactly(Duration.ofSeconds(3));
    pace.awaitBackOff();
    assertThat(time.pauses).hasSize(1);
  }

  @Test
  void thoseThatBeganTogetherMakeItFewerOnce() throws Exception {
    var places = new ArrayList<HostPace.Place>();
    for (int i = 0; i < 12; i++) {
      places.add(pace.enter());
    }
    places.forEach(place -> place.refused(answer(429, null)));
    assertThat(notes).containsExactly("host gets at most 6 requests at once");

    // after as many answers one more is allowed, twice
    for (int i = 0; i < 6 + 7; i++) {
      places.get(0).answered();
    }
    try (var later = pace.enter()) {
      later.refused(answer(429, null));
    }
    assertThat(notes).endsWith("host gets at most 4 requests at once");
    places.forEach(HostPace.Place::close);
  }

  @Test
  void whatIsOverIsNotAtOnce() throws Exception {
    for (int i = 0; i < 8; i++) {
      pace.enter().close();
    }
    refuse(answer(429, null));

    assertThat(notes).containsExactly("host gets at most 1 requests at once");
  }

  @Test
  void theLongestRestCounts() throws Exception {
    refuse(answer(429, Duration.ofSeconds(4)));
    refuse(answer(429, Duration.ofSeconds(2)));
    pace.awaitBackOff();

    assertThat(time.pauses).containsExactly(Duration.ofSeconds(4));
  }

  @Test
  void aRestBeyondTheBudgetIsNotTaken() throws Exception {
    refuse(answer(429, BUDGET.plusNanos(1)));
    pace.awaitBackOff();
    assertThat(time.pauses).isEmpty();
    assertThat(warnings).isEmpty();

    refuse(answer(429, BUDGET));
    pace.awaitBackOff();
    assertThat(time.pauses).containsExactly(BUDGET);
  }

  @Test
  void aLongRestIsTold() throws Exception {
    refuse(answer(429, Duration.ofMillis(4999)));
    assertThat(warnings).isEmpty();
    refuse(answer(429, Duration.ofSeconds(5)));
    assertThat(warnings).containsExactly("host asks to wait 5.0 s before the next request");
    refuse(answer(429, Duration.ofSeconds(5)));
    assertThat(warnings).as("no longer than it is").hasSize(1);
  }

  @Test
  void whoWaitsForAPlaceCanBeInterrupted() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(pace::enter)
        .isInstanceOf(InterruptedIOException.class)
        .hasMessage("interrupted while host has enough requests");
    assertThat(Thread.interrupted()).isTrue();
  }
}
