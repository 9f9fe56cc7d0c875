package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.net.RetryPolicy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The loop of all retries, with a clock that stands still. */
class RetriesTest {
  private static final RetryPolicy POLICY =
      new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(60));

  private final List<String> notes = new ArrayList<>();
  private final FakeTime time = new FakeTime();
  private final Retries retries = new Retries(POLICY, time, notes::add);
  private int attempts;

  private String failing(int times, IOException failure) throws IOException {
    return retries.run(
        () -> {
          if (attempts++ < times) {
            throw failure;
          }
          return "done";
        });
  }

  private static RegistryException answer(int status, @Nullable Duration retryAfter) {
    return new RegistryException(
        new RequestLine("GET", "http://localhost/"), status, List.of(), retryAfter);
  }

  @Test
  void pausesDoubleUpToTheLongest() throws Exception {
    assertThat(failing(3, new SocketTimeoutException("silence"))).isEqualTo("done");
    assertThat(time.pauses)
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));
    assertThat(notes).hasSize(3).first().isEqualTo("trying again in 1.0 s: silence");
  }

  @Test
  void theLastFailureIsThrownWhenTheRetriesAreUsedUp() {
    var failure = answer(503, null);
    assertThatThrownBy(() -> failing(9, failure)).isSameAs(failure);
    assertThat(attempts).isEqualTo(4);
    assertThat(retries.attempts()).isEqualTo(4);
  }

  @Test
  void aPauseIsAsLongAsTheRegistryAsksAndNoRetryIsMadeBeyondTheBudget() {
    assertThatThrownBy(() -> failing(9, answer(429, Duration.ofSeconds(50))))
        .isInstanceOf(RegistryException.class);
    assertThat(time.pauses).containsExactly(Duration.ofSeconds(50));
  }

  @Test
  void aPauseThatTakesAllOfTheBudgetIsWaitedFor() throws Exception {
    assertThat(failing(1, answer(429, Duration.ofSeconds(60)))).isEqualTo("done");
    assertThat(time.pauses).containsExactly(Duration.ofSeconds(60));
  }

  @Test
  void whatDoesNotPassIsNotRepeated() {
    for (var failure :
        List.of(
            answer(404, null),
            new InvalidContentException("bad"),
            new InterruptedIOException("stop"))) {
      attempts = 0;
      assertThatThrownBy(() -> failing(1, failure)).isSameAs(failure);
      assertThat(attempts).isEqualTo(1);
    }
    assertThat(time.pauses).isEmpty();
  }

  @Test
  void aRefusalThatSaysHowLongToWaitPasses() throws Exception {
    assertThatThrownBy(() -> failing(1, answer(403, null))).isInstanceOf(RegistryException.class);
    attempts = 0;
    assertThat(failing(1, answer(403, Duration.ofSeconds(2)))).isEqualTo("done");
    assertThatThrownBy(() -> failing(3, answer(404, Duration.ofSeconds(2))))
        .isInstanceOf(RegistryException.class);
    assertThat(time.pauses).containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void aNetworkFailureMayPassUnlessItsCauseDoesNot() throws Exception {
    var line = new RequestLine("GET", "http://localhost/");
    var passing = new NetworkException("n", line, 1, new SocketTimeoutException("silence"));
    assertThat(failing(1, passing)).isEqualTo("done");
    attempts = 0;
    var lasting = new NetworkException("n", line, 1, new UnknownHostException("nowhere"));
    assertThatThrownBy(() -> failing(1, lasting)).isSameAs(lasting);
  }

  @Test
  @SuppressWarnings("try") // the deadline is begun and ended, and not asked
  void aPauseDoesNotCountForTheDeadline() throws Exception {
    try (var scope = OperationDeadline.begin(Duration.ofHours(1))) {
      assertThat(failing(1, answer(429, Duration.ofSeconds(50)))).isEqualTo("done");

      assertThat(OperationDeadline.left()).isGreaterThan(Duration.ofHours(1).toNanos());
    }
  }

  @Test
  @SuppressWarnings("try")
  void afterTheDeadlineThereIsNoRetry() {
    try (var scope = OperationDeadline.begin(Duration.ofNanos(-1))) {
      assertThatThrownBy(() -> failing(1, answer(503, null))).isInstanceOf(RegistryException.class);
    }
    assertThat(attempts).isEqualTo(1);
  }

  @Test
  void severalRunsShareTheRetriesUntilTheyBeginAnew() throws Exception {
    assertThat(failing(3, answer(500, null))).isEqualTo("done");
    attempts = 0;
    assertThatThrownBy(() -> failing(1, answer(500, null))).isInstanceOf(RegistryException.class);
    retries.restart();
    attempts = 0;
    assertThat(failing(3, answer(500, null))).isEqualTo("done");
  }

  @Test
  void anotherWayCostsNoRetryAndWhatRecoversMayBeTheResult() throws Exception {
    var seen = new ArrayList<String>();
    var result =
        retries.run(
            new Retries.Operation<String>() {
              @Override
              public String attempt() throws IOException {
                seen.add("attempt");
                throw answer(413, null);
              }

              @Override
              public Retries.Verdict judge(IOException failure) {
                return Retries.Verdict.AT_ONCE;
              }

              @Override
              public Optional<String> recover(IOException failure) {
                seen.add("recover");
                return seen.size() < 20 ? Optional.empty() : Optional.of("found");
              }
            });
    assertThat(result).isEqualTo("found");
    assertThat(seen).hasSize(20);
    assertThat(time.pauses).isEmpty();
  }

  @Test
  void anInterruptEndsThePauseAndStays() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> failing(1, answer(503, null)))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
