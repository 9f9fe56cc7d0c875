package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.fixture.ClosedPort;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.HostProfile;
import io.github.tugoci.net.ListLimits;
import io.github.tugoci.net.ProxyRoute;
import io.github.tugoci.net.ProxySettings;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.RepositoryName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The client of all hosts: its failures, its retries, and what it knows. */
class TransportTest {
  private static final RetryPolicy TWO =
      new RetryPolicy(2, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(60));

  private final FakeTime time = new FakeTime();
  private final List<String> warnings = new ArrayList<>();
  private final TransportOptions options =
      TransportOptions.builder()
          .timeSource(time)
          .retryPolicy(TWO)
          .warnings(warnings::add)
          .proxy(ProxySettings.of(Map.of("HTTPS_PROXY", "http://u:p@proxy:3128")))
          .build();
  private final Transport transport = new Transport(options, Keychain.ANONYMOUS);
  private final ToldServer server;

  TransportTest() throws IOException {
    server = new ToldServer();
  }

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  private Request.Builder get(String path) {
    return Request.of("GET", server.host(), path);
  }

  private NetworkException failure(Request request) {
    try {
      transport.send(request).close();
    } catch (NetworkException e) {
      return e;
    } catch (IOException e) {
      throw new AssertionError("another failure", e);
    }
    throw new AssertionError("no failure");
  }

  @Test
  void aHostThatDoesNotAnswerIsNamedWithTheTries() throws Exception {
    try (var nobody = ClosedPort.hold()) {
      var failure = failure(Request.of("GET", nobody.host(), "/v2/x?y=z").build());

      assertThat(failure)
          .hasMessageStartingWith("no answer from " + nobody.host() + ": ")
          .hasMessageEndingWith(", 3 times");
      assertThat(failure.attempts()).isEqualTo(3);
      assertThat(failure.request()).hasToString("GET " + nobody.host() + "/v2/x?y=z");
      var location = URI.create("http://" + nobody.host() + "/v2/x?y=z");
      var once = failure(Request.of("GET", location, nobody.host()).withoutRetry().build());
      assertThat(once.getMessage()).doesNotContain("times");
      assertThat(once.attempts()).isEqualTo(1);
      assertThat(once.request()).hasToString("GET http://" + nobody.host() + "/v2/x?…");
      assertThatThrownBy(() -> transport.probe(nobody.host()))
          .isInstanceOf(NetworkException.class)
          .hasMessageNotContaining("times");
    }
  }

  @Test
  void aTokenServersFailureHasTheTriesToo() {
    server.answer("/v2/x", 401, "", "WWW-Authenticate", "Bearer realm=\"/token\"");
    server.answer("/token", 200, "{}");

    var failure = failure(get("/v2/x").build());

    assertThat(failure.attempts()).isEqualTo(3);
    assertThat(failure).hasMessageContaining("instead of a token");
    assertThat(failure.request().url()).endsWith("/token");
    assertThat(failure(get("/v2/x").withoutRetry().build()).attempts()).isEqualTo(1);
  }

  @Test
  void failuresThatSayEnoughStayAsTheyAre() {
    server.answer("/v2/x", 404, "");
    var missing = new NoSuchFileException("blob");
    var stopped = new InterruptedIOException("stop");

    assertThatThrownBy(() -> put(missing)).isSameAs(missing);
    assertThatThrownBy(() -> put(stopped)).isSameAs(stopped);
    assertThatThrownBy(() -> transport.send(get("/v2/x").build()))
        .isInstanceOf(NotFoundException.class);
  }

  private void put(IOException failure) throws IOException {
    var blob =
        Blob.of(
            3,
            () -> {
              throw failure;
            });
    var request = Request.of("PUT", server.host(), "/v2/x").body(blob, MediaType.JSON).build();
    transport.send(request).close();
  }

  /** The HTTP library quotes it. */
  @Test
  void whatAServerSendsIsToldWithoutSecrets() throws Exception {
    assertThat(cause("HTTP/1.1 200 OK\r\nBearer abc123def456\r\n\r\n"))
        .hasNoCause()
        .isExactlyInstanceOf(IOException.class)
        .hasStackTraceContaining("org.apache.hc")
        .hasMessageNotContaining("abc123def456")
        .hasMessageMatching("[A-Za-z]+Exception: .*");
    assertThat(cause("HTTP/1.1 200 OK\r\nnothing\r\n\r\n"))
        .isNotExactlyInstanceOf(IOException.class);
  }

  private @Nullable Throwable cause(String head) throws Exception {
    try (var raw = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var thread = new Thread(() -> answer(raw, head));
      thread.setDaemon(true);
      thread.start();
      var request = Request.of("GET", "127.0.0.1:" + raw.getLocalPort(), "/").withoutRetry();
      return failure(request.build()).getCause();
    }
  }

  private static void answer(ServerSocket raw, String head) {
    try (var socket = raw.accept()) {
      InputStream in = socket.getInputStream();
      if (in.read(new byte[8192]) > 0) {
        socket.getOutputStream().write(head.getBytes(US_ASCII));
      }
    } catch (IOException e) {
      return; // the test fails by the answer that is missing
    }
  }

  @Test
  void aServerThatIsSilentIsNamed() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var impatient =
            new Transport(
                options.toBuilder().readTimeout(Duration.ofMillis(50)).build(),
                Keychain.ANONYMOUS)) {
      var host = "127.0.0.1:" + silent.getLocalPort();
      assertThatThrownBy(() -> impatient.send(Request.of("GET", host, "/").build()))
          .isInstanceOf(NetworkException.class)
          .hasMessage(host + " didn't answer in time, 3 times");
    }
  }

  @Test
  void aServerThatSpeaksNoTlsIsNamed() throws Exception {
    try (var plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var secure =
            new Transport(options.toBuilder().plainHttp(false).build(), Keychain.ANONYMOUS)) {
      var host = "127.0.0.1:" + plain.getLocalPort();
      var thread = new Thread(() -> answer(plain, "HTTP/1.1 400 Bad Request\r\n\r\n"));
      thread.setDaemon(true);
      thread.start();
      assertThatThrownBy(() -> secure.send(Request.of("GET", host, "/").withoutRetry().build()))
          .isInstanceOf(NetworkException.class)
          .hasMessageStartingWith("no secure connection to " + host + ": ");
    }
  }

  @Test
  void onlyASmallBodyHasADeadline() throws Exception {
    server.answer("/v2/x", 201, "");

    assertThat(timeLeft(1 << 20)).isLessThanOrEqualTo(options.deadline().toNanos());
    assertThat(timeLeft((1 << 20) + 1)).isGreaterThan(Duration.ofDays(99).toNanos());
  }

  /** The time that is left when a body is sent. */
  private long timeLeft(int size) throws IOException {
    var left = new long[1];
    var blob =
        Blob.of(
            size,
            () -> {
              left[0] = OperationDeadline.left();
              return new ByteArrayInputStream(new byte[size]);
            });
    transport
        .send(Request.of("PUT", server.host(), "/v2/x").body(blob, MediaType.JSON).build())
        .close();
    return left[0];
  }

  @Test
  void afterTheEndNothingIsSent() {
    server.answer("/v2/x", 200, "");
    transport.close();

    assertThatThrownBy(() -> transport.send(get("/v2/x").build()))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(server.requests).isEmpty();
  }

  @Test
  void retriesAreThePolicysOrFewer() {
    for (int most : new int[] {0, 1, 2, 9}) {
      var retries = transport.retries(most);
      assertThatThrownBy(() -> retries.run(TransportTest::overloaded))
          .isInstanceOf(RegistryException.class);
      assertThat(retries.attempts()).isEqualTo(Math.min(most, 2) + 1);
    }
    var retries = transport.retries();
    assertThatThrownBy(() -> retries.run(TransportTest::overloaded))
        .isInstanceOf(RegistryException.class);
    assertThat(retries.attempts()).isEqualTo(3);
  }

  private static String overloaded() throws RegistryException {
    var line = new RequestLine("GET", "http://host/");
    throw new RegistryException(line, 503, List.of(), null);
  }

  @Test
  void roundsAreRepeatedWithTheirPausesUntilNoneIsNeeded() throws Exception {
    var numbers = new ArrayList<Integer>();

    transport.repeat(
        number -> {
          numbers.add(number);
          return number < 2 ? Optional.of(Duration.ofSeconds(number)) : Optional.empty();
        });

    assertThat(numbers).containsExactly(0, 1, 2);
    assertThat(time.pauses).containsExactly(Duration.ZERO, Duration.ofSeconds(1));
  }

  @Test
  void itTellsItsOptions() {
    assertThat(transport.timeSource()).isSameAs(time);
    assertThat(transport.retryPolicy()).isEqualTo(TWO);
    assertThat(transport.listLimits()).isEqualTo(ListLimits.defaults());
  }

  @Test
  void whatIsLearntOfAHostIsKnown() {
    assertThat(transport.profile("host")).isEqualTo(HostProfile.UNKNOWN);
    transport.learn("host", profile -> profile.withMounts(false));
    assertThat(transport.profile("host")).isEqualTo(HostProfile.UNKNOWN.withMounts(false));
    assertThat(transport.profile("ghcr.io").tokenRealm()).isNotNull();
    assertThat(transport.size()).isEqualTo(2);
  }

  @Test
  void aPersonIsWarnedOnce() {
    transport.warn("careful");
    transport.warn("careful");

    assertThat(warnings).containsExactly("careful");
  }

  @Test
  void aRouteIsDirectOrThroughAProxyWithoutItsPassword() {
    assertThat(transport.route("ghcr.io"))
        .isEqualTo(new ProxyRoute(URI.create("https://ghcr.io"), URI.create("http://proxy:3128")));
    assertThat(transport.route("localhost:5000"))
        .isEqualTo(new ProxyRoute(URI.create("http://localhost:5000"), null));
  }

  @Test
  void aProbeIsOneRequestAsNobody() throws Exception {
    server.answer("/v2/", 401, "", "X-Server", "told");

    var result = transport.probe(server.host());

    assertThat(result.status()).isEqualTo(401);
    assertThat(result.headers().first("X-Server")).hasValue("told");
    assertThat(result.certificate()).isNull();
    assertThat(result.took()).isBetween(Duration.ofNanos(1), Duration.ofMinutes(5));
    assertThat(server.requests).containsExactly("GET /v2/");
    assertThat(transport.size()).as("nothing is left").isZero();
  }

  @Test
  void whatIsKeptIsCounted() throws Exception {
    server.answer("/v2/x", 401, "", "WWW-Authenticate", "Bearer realm=\"/token\"");
    server.answer("/v2/x", 200, "body");
    server.answer("/token", 200, "{\"token\":\"t\"}");
    var request = get("/v2/x").scopes(Scope.pull(new RepositoryName("x"))).build();

    try (var response = transport.send(request)) {
      assertThat(response.status()).isEqualTo(200);
      assertThat(transport.size()).as("host, credential, token, exchange").isEqualTo(4);
    }
    assertThat(transport.size()).isEqualTo(3);
  }
}
