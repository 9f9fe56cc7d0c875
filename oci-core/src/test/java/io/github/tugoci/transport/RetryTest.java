package io.github.tugoci.transport;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is tried again, how often, and when not. */
class RetryTest {
  @RegisterExtension
  static final WireMockExtension REGISTRY =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private static final RetryPolicy QUICK =
      new RetryPolicy(3, Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofSeconds(5));

  private final List<Integer> statuses = new ArrayList<>();
  private final Transport transport =
      new Transport(
          TransportOptions.builder()
              .retryPolicy(QUICK)
              .requestListener((request, status, took, note) -> statuses.add(status))
              .build(),
          Keychain.ANONYMOUS);

  @AfterEach
  void close() {
    transport.close();
  }

  private static Request.Builder request() {
    return Request.of("GET", "127.0.0.1:" + REGISTRY.getPort(), "/v2/");
  }

  private void answers(ResponseDefinitionBuilder... answers) {
    for (int i = 0; i < answers.length; i++) {
      var stub =
          get(anyUrl())
              .inScenario("s")
              .whenScenarioStateIs(i == 0 ? "Started" : "" + i)
              .willReturn(answers[i]);
      REGISTRY.stubFor(i == answers.length - 1 ? stub : stub.willSetStateTo("" + (i + 1)));
    }
  }

  private String send(Request.Builder request) throws IOException {
    try (var response = transport.send(request.reads(1000).build())) {
      return response.bytes().size() + " bytes";
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void passingFailuresAreTriedAgain(int status) throws Exception {
    answers(status(status), status(status), ok("x"));
    assertThat(send(request())).isEqualTo("1 bytes");
    assertThat(statuses).containsExactly(status, status, 200);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 405, 409, 416, 501, 505})
  void lastingFailuresAreNot(int status) {
    answers(status(status), ok("x"));
    assertThatThrownBy(() -> send(request()))
        .isInstanceOf(RegistryException.class)
        .extracting(e -> ((RegistryException) e).status())
        .isEqualTo(status);
    assertThat(statuses).containsExactly(status);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void brokenConnectionsAreTriedAgain(Fault fault) throws Exception {
    answers(aResponse().withFault(fault), aResponse().withFault(fault), ok("x"));
    assertThat(send(request())).isEqualTo("1 bytes");
  }

  @Test
  void retriesEnd() {
    answers(status(503));
    assertThatThrownBy(() -> send(request())).isInstanceOf(RegistryException.class);
    assertThat(statuses).hasSize(4);
  }

  @Test
  void aHostThatIsNotThereIsNamedWithItsAttempts() {
    var nobody = Request.of("GET", "127.0.0.1:1", "/v2/");
    assertThatThrownBy(() -> send(nobody))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("127.0.0.1:1")
        .extracting(e -> ((NetworkException) e).attempts())
        .isEqualTo(4);
  }

  @Test
  void aNameThatIsNotKnownIsNotTriedAgain() {
    assertThatThrownBy(() -> send(Request.of("GET", "no.such.host.invalid", "/v2/")))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("no.such.host.invalid is not known");
    assertThat(statuses).hasSize(1);
  }

  @Test
  void aCallerThatTriesAgainItselfGetsTheFirstFailure() {
    answers(status(503), ok("x"));
    assertThatThrownBy(() -> send(request().withoutRetry())).isInstanceOf(RegistryException.class);
    assertThat(statuses).containsExactly(503);
  }

  @Test
  void retryAfterIsWaitedForAndNotBeyondTheBudget() throws Exception {
    answers(status(429).withHeader("Retry-After", "1"), ok("x"));
    long start = System.nanoTime();
    send(request());
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
    REGISTRY.resetScenarios();
    answers(status(429).withHeader("Retry-After", "60"), ok("x"));
    assertThatThrownBy(() -> send(request()))
        .isInstanceOf(RegistryException.class)
        .extracting(e -> ((RegistryException) e).retryAfter().orElseThrow())
        .isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void aSecondaryRateLimitIsTriedAgain() throws Exception {
    answers(
        status(403).withBody("You have exceeded a secondary rate limit, retry-after: 3.5ms"),
        ok("x"));
    assertThat(send(request())).isEqualTo("1 bytes");
  }

  @Test
  void aThreadThatIsInterruptedStopsWaiting() {
    answers(status(429).withHeader("Retry-After", "3"));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> send(request())).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aBodyBeyondTheLimitIsRefused() throws Exception {
    answers(ok("x".repeat(1000)));
    assertThat(send(request())).isEqualTo("1000 bytes");
    answers(ok("x".repeat(1001)));
    assertThatThrownBy(() -> send(request()))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("larger than 1000 bytes");
  }

  @Test
  void anErrorOfAnySizeAndKindIsReadWithinBounds() {
    answers(status(400).withBody("{\"errors\":[{\"code\":\"" + "A".repeat(200_000) + "\"}]}"));
    assertThatThrownBy(() -> send(request()))
        .isInstanceOf(RegistryException.class)
        .message()
        .hasSizeLessThan(500);
    REGISTRY.stubFor(any(anyUrl()).willReturn(status(400).withBody("<html>\u001b[31m</html>")));
    assertThatThrownBy(() -> send(request())).hasMessage("the registry answered 400");
  }

  @Test
  void whatARegistryWarnsOfIsToldOnce() throws Exception {
    var heard = new ArrayList<String>();
    REGISTRY.stubFor(
        get(anyUrl()).willReturn(ok().withHeader("Warning", "299 - \"old \\\"API\\\"\"")));
    var options = TransportOptions.builder().warnings(heard::add).build();
    try (var other = new Transport(options, Keychain.ANONYMOUS)) {
      other.send(request().build()).close();
      other.send(request().build()).close();
    }
    assertThat(heard).hasSize(1).first().asString().endsWith("warns: old \"API\"");
    REGISTRY.verify(2, getRequestedFor(anyUrl()));
  }
}
