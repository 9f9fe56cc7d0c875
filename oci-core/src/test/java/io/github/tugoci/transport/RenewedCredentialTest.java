package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A password changes while a client lives: the keychain is asked again, and seldom. */
class RenewedCredentialTest {
  private final FakeTime time = new FakeTime();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger lookUps = new AtomicInteger();
  private volatile Optional<Credential> stored = password("old");
  private volatile String accepted = "old";
  private volatile int refusal = 401;
  private volatile boolean publicToRead;
  private HttpServer registry;

  private static Optional<Credential> password(String secret) {
    return Optional.of(new Credential.Password("bob", secret, "the test"));
  }

  @BeforeEach
  void start() throws Exception {
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          var sent = exchange.getRequestHeaders().getFirst("Authorization");
          var wanted = new Credential.Password("bob", accepted, "").basic();
          boolean ok = wanted.equals(sent) || (publicToRead && sent == null);
          exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
          exchange.sendResponseHeaders(ok ? 200 : sent == null ? 401 : refusal, -1);
          exchange.close();
        });
    registry.start();
  }

  @AfterEach
  void stop() {
    registry.stop(0);
  }

  private Transport transport() {
    return transport(
        (host, repository) -> {
          lookUps.incrementAndGet();
          return stored;
        });
  }

  private Transport transport(Keychain keychain) {
    return new Transport(TransportOptions.builder().timeSource(time).build(), keychain);
  }

  private void pull(Transport transport, String repository) throws IOException {
    send(transport, Scope.pull(new RepositoryName(repository)));
  }

  private void push(Transport transport) throws IOException {
    send(transport, Scope.push(new RepositoryName("a/b")));
  }

  private void send(Transport transport, Scope scope) throws IOException {
    var host = "127.0.0.1:" + registry.getAddress().getPort();
    transport.send(Request.of("GET", host, "/v2/x").scopes(scope).build()).close();
  }

  @Test
  void aPasswordThatWasChangedIsTakenAfterTheRefusal() throws Exception {
    try (var transport = transport()) {
      for (int status : new int[] {401, 403}) {
        refusal = status;
        stored = password("old" + status);
        accepted = "old" + status;
        push(transport);
        stored = password("new" + status);
        accepted = "new" + status;
        push(transport);
        push(transport);
      }
      // one at first, and one for each of the refusals
      assertThat(lookUps).hasValue(4);
    }
  }

  @Test
  void aRefusalOfTheOnlyCredentialCostsALookUpAndNoRequest() throws Exception {
    accepted = "another";
    try (var transport = transport()) {
      assertThatThrownBy(() -> push(transport)).isInstanceOf(AuthenticationException.class);
      assertThat(requests).hasValue(2);
      assertThat(lookUps).hasValue(2);
    }
  }

  @Test
  void aLoginThatIsMadeLaterIsFound() throws Exception {
    stored = Optional.empty();
    try (var transport = transport()) {
      assertThatThrownBy(() -> push(transport)).isInstanceOf(AuthenticationException.class);
      stored = password("old");
      push(transport);
    }
  }

  @Test
  void whatIsReadWithoutARefusedPasswordAsksForItAgainAfterAMinute() throws Exception {
    accepted = "another";
    try (var transport = transport()) {
      assertThatThrownBy(() -> push(transport)).isInstanceOf(AuthenticationException.class);
      assertThat(lookUps).hasValue(2);
      publicToRead = true;
      for (int minute = 1; minute < 4; minute++) {
        for (int i = 0; i < 5; i++) {
          pull(transport, "a/b");
        }
        assertThat(lookUps).hasValue(1 + minute);
        time.advance(Duration.ofSeconds(61));
      }
    }
  }

  @Test
  void aCredentialThatExpiresIsReplacedBefore() throws Exception {
    stored =
        Optional.of(
            new Credential.Password("bob", "old", "the test", Instant.now().plusSeconds(5)));
    try (var transport = transport()) {
      push(transport);
      stored =
          Optional.of(
              new Credential.Password("bob", "new", "the test", Instant.now().plusSeconds(900)));
      accepted = "new";
      push(transport);
      push(transport);
      assertThat(lookUps).hasValue(2);
      assertThat(requests).as("with the one 401 at first").hasValue(4);
    }
  }

  @Test
  void whoAsksForAnotherRepositoryDoesNotWaitForTheKeychain() throws Exception {
    var asked = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    Keychain slow =
        new Keychain() {
          @Override
          public Optional<Credential> find(String host, @Nullable RepositoryName repository) {
            if (String.valueOf(repository).equals("slow")) {
              asked.countDown();
              try {
                go.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }
            return stored;
          }
        };
    try (var transport = transport(slow)) {
      var waiting =
          new FutureTask<>(
              () -> {
                pull(transport, "slow");
                return true;
              });
      var thread = new Thread(waiting);
      thread.start();
      asked.await();
      pull(transport, "quick");
      go.countDown();
      assertThat(waiting.get()).isTrue();
    }
  }
}
