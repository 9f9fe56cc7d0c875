package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.net.HostMemory;
import io.github.tugoci.net.HostProfile;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One registry: who asks it, what becomes of its answers, and what is kept. */
class HostClientTest {
  private static final Scope PULL = Scope.pull(new RepositoryName("a"));
  private static final Scope PUSH = Scope.push(new RepositoryName("a"));
  private static final Credential.Password BOB =
      new Credential.Password("bob", "builder", "the test");
  private static final String[] BASIC = {"WWW-Authenticate", "Basic realm=\"x\""};

  private final FakeTime time = new FakeTime();
  private final List<String> asked = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<HostProfile> remembered = new ArrayList<>();
  private final HttpExecutor connections = new HttpExecutor(TransportOptions.defaults());
  private final ToldServer server;
  private Optional<Credential> stored = Optional.of(BOB);

  HostClientTest() throws IOException {
    server = new ToldServer();
  }

  @AfterEach
  void close() {
    connections.close();
    server.close();
  }

  private Optional<Credential> find(String host, @Nullable RepositoryName repository) {
    asked.add(host + " " + repository);
    return stored;
  }

  private HostClient client(String name, @Nullable Boolean plainHttp) {
    var memory =
        new HostMemory() {
          @Override
          public Optional<HostProfile> find(String host) {
            return Optional.empty();
          }

          @Override
          public void remember(String host, HostProfile profile) {
            remembered.add(profile);
          }
        };
    var options =
        TransportOptions.builder().plainHttp(plainHttp).hostMemory(memory).timeSource(time).build();
    Keychain keychain = this::find;
    return new HostClient(
        name, options, keychain, new Redirects(connections), new WarningCollector(warnings::add));
  }

  private HostClient client() {
    return client(server.host(), null);
  }

  private static Request.Builder get(Scope... scopes) {
    return Request.of("GET", "host", "/v2/x").scopes(scopes);
  }

  private static void send(HostClient client, Request.Builder request) throws IOException {
    client.send(request.build()).close();
  }

  @Test
  void aKeychainIsAskedForTheFirstRepository() throws Exception {
    server.answer("/v2/x", 200, "");
    var client = client();
    send(client, get(PUSH, Scope.pull(new RepositoryName("b"))));
    send(client, get());

    assertThat(asked).containsExactly(server.host() + " a", server.host() + " null");
    assertThat(client.size()).isEqualTo(2);
  }

  @Test
  void whatIsLearntIsRememberedIfItIsNew() {
    var client = client();
    client.learn(profile -> profile.withMounts(true));
    assertThat(remembered).isEmpty();
    client.learn(profile -> profile.withMounts(false));
    assertThat(remembered).containsExactly(HostProfile.UNKNOWN.withMounts(false));
    assertThat(client.profile()).isEqualTo(remembered.get(0));
  }

  @Test
  void whatIsMissingIsNamed() {
    server.answer("/v2/x", 404, "");

    assertThatThrownBy(() -> send(client(), get().description("the image")))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("the image not found");
    assertThatThrownBy(() -> send(client(), get()))
        .hasMessage("GET http://" + server.host() + "/v2/x not found");
  }

  @Test
  void whatIsAllowedIsAnAnswer() throws Exception {
    server.answer("/v2/x", 404, "none");
    try (var response = client().send(get().allowedStatuses(404).build())) {
      assertThat(response.status()).isEqualTo(404);
      assertThat(connections.size()).isEqualTo(1);
    }
    var read = client().send(get().allowedStatuses(404).reads(4).build());
    assertThat(read.bytes().size()).isEqualTo(4);
    assertThat(connections.size()).as("the connection is free").isZero();
  }

  @Test
  void aRefusalBlamesWhatWasSent() throws Exception {
    server.answer("/v2/x", 401, "", BASIC).answer("/v2/x", 403, "");
    assertThatThrownBy(() -> send(client(), get(PUSH)))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageEndingWith("/v2/x with the " + BOB);
    assertThatThrownBy(() -> send(client(), get(PUSH)))
        .hasMessageEndingWith("/v2/x without asking for the " + BOB);
    stored = Optional.empty();
    assertThatThrownBy(() -> send(client(), get(PUSH).description("it")))
        .hasMessage(server.host() + " refuses it without a login");
  }

  @Test
  void aRefusalThatSaysHowLongToWaitIsNone() {
    server.answer("/v2/x", 403, "", "Retry-After", "1");

    assertThatThrownBy(() -> send(client(), get(PUSH))).isInstanceOf(RegistryException.class);
  }

  @Test
  void noLoginGoesToAnotherHost() throws Exception {
    try (var other = new ToldServer()) {
      other.answer("/y", 401, "", BASIC);
      var elsewhere = Request.of("GET", URI.create("http://" + other.host() + "/y"), "host");

      assertThatThrownBy(() -> send(client(), elsewhere.scopes(PUSH)))
          .isInstanceOf(AuthenticationException.class)
          .hasMessage(
              "http://%s, where %s leads, refuses GET http://%s/y; no login is sent there",
              other.host(), server.host(), other.host());
      assertThat(other.requests).containsExactly("GET /y");
    }
  }

  @Test
  void aLocationThatIsNotEncryptedIsRefused() {
    var plain = Request.of("GET", URI.create("http://" + server.host() + "/y"), "host");
    var file = Request.of("GET", URI.create("ftp://" + server.host() + "/y"), "host");

    assertThatThrownBy(() -> send(client("registry.example", null), plain))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("which is not encrypted; refused");
    assertThatThrownBy(() -> send(client(), file)).isInstanceOf(InvalidContentException.class);
    assertThat(server.requests).isEmpty();
  }

  /** A host that was named with its scheme isn't one that its credential is for. */
  @Test
  void aPasswordIsNotSentInTheOpenUnlessThatIsHowTheHostIsSpokenTo() throws Exception {
    server.answer("/v2/x", 200, "");
    send(client("http://" + server.host(), null), get());
    send(client("http://" + server.host(), true), get());
    assertThat(asked).containsExactly(server.host() + " null", server.host() + " null");
    send(client("http://" + server.host(), false), get());
    assertThat(asked).hasSize(2);
  }

  @Test
  void whatEverybodyMayReadIsReadWithoutARefusedPassword() throws Exception {
    server.answer("/v2/x", 401, "", BASIC).answer("/v2/x", 401, "", BASIC).answer("/v2/x", 200, "");
    var client = client();
    send(client, get(PULL));

    var basic = "GET /v2/x " + BOB.basic();
    assertThat(server.requests).containsExactly("GET /v2/x", basic, "GET /v2/x");
    assertThat(warnings)
        .containsExactly(
            "%s refuses the %s, so it was asked without; log in again, or log out"
                .formatted(server.host(), BOB));
    assertThat(client.size()).as("the credential, and that it was refused").isEqualTo(2);
    send(client, get(PULL));
    assertThat(server.requests).hasSize(4).last().isEqualTo("GET /v2/x");
    send(client, get(PUSH));
    assertThat(server.requests).hasSize(5).last().isEqualTo(basic);
    assertThat(asked).hasSize(1);
    time.advance(Duration.ofSeconds(61));
    send(client, get(PULL));
    assertThat(asked).hasSize(2);
  }

  @Test
  void aPasswordThatWasChangedIsTaken() throws Exception {
    server
        .answer("/v2/x", 401, "", BASIC)
        .answer("/v2/x", 401, "", BASIC)
        .answer("/v2/x", 200, "taken");
    var changed = new Credential.Password("bob", "other", "the test");
    Keychain keychain =
        (host, repository) -> Optional.of(server.requests.isEmpty() ? BOB : changed);
    var renewing =
        new HostClient(
            server.host(),
            TransportOptions.defaults(),
            keychain,
            new Redirects(connections),
            new WarningCollector(warnings::add));

    try (var response = renewing.send(get(PUSH).build())) {
      assertThat(response.status()).isEqualTo(200);
    }
    assertThat(server.requests)
        .containsExactly("GET /v2/x", "GET /v2/x " + BOB.basic(), "GET /v2/x " + changed.basic());
  }

  @Test
  void aRegistryThatWantsRestGetsIt() throws Exception {
    server.answer("/v2/x", 429, "", "Retry-After", "20").answer("/v2/x", 200, "");
    var client = client();
    assertThatThrownBy(() -> send(client, get())).isInstanceOf(RegistryException.class);
    assertThat(time.pauses).isEmpty();
    send(client, get());

    assertThat(time.pauses).containsExactly(Duration.ofSeconds(20));
    assertThat(warnings)
        .containsExactly(server.host() + " asks to wait 20.0 s before the next request");
  }

  @Test
  void whatARegistryWarnsOfIsTold() throws Exception {
    server.answer("/v2/x", 200, "", "Warning", "299 - \"old\"");
    send(client(), get());

    assertThat(warnings).containsExactly(server.host() + " warns: old");
  }

  @Test
  void whereNobodyMayReadThePasswordIsBlamed() {
    server.answer("/v2/x", 401, "", BASIC);

    assertThatThrownBy(() -> send(client(), get(PULL)))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageEndingWith("/v2/x with the " + BOB)
        .satisfies(
            refusal ->
                assertThat(refusal.getSuppressed())
                    .singleElement()
                    .asString()
                    .contains("requires a login: no credential found"));
    assertThat(warnings).isEmpty();
  }
}
