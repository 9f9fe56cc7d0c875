package io.github.tugoci.registry;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.fixture.Exchange;
import io.github.tugoci.fixture.GhcrBehaviour;
import io.github.tugoci.fixture.SimulatedGhcr;
import io.github.tugoci.net.HostMemory;
import io.github.tugoci.net.HostProfile;
import io.github.tugoci.net.ProxySettings;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A simulated GHCR and a client of it that doesn't wait long. */
final class GhcrSite implements AutoCloseable {
  private static final RetryPolicy QUICK =
      new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(5));

  private final SimulatedGhcr ghcr;
  private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
  private RegistryClient client;

  private GhcrSite(SimulatedGhcr ghcr) {
    this.ghcr = ghcr;
    this.client = connect(SimulatedGhcr.USER, SimulatedGhcr.SECRET, known -> known);
  }

  static GhcrSite start(GhcrBehaviour... behaviours) throws IOException {
    return start(GhcrBehaviour.lastingAnd(behaviours));
  }

  static GhcrSite start(Set<GhcrBehaviour> behaviours) throws IOException {
    return new GhcrSite(SimulatedGhcr.start(behaviours));
  }

  SimulatedGhcr ghcr() {
    return ghcr;
  }

  RegistryClient client() {
    return client;
  }

  Repository app() {
    return client.repository("ghcr.io/acme/app");
  }

  List<String> warnings() {
    return warnings;
  }

  /** A new client that comes with this secret, or anonymously, and was told this about GHCR. */
  void reconnect(String secret, UnaryOperator<HostProfile> told) {
    reconnect(SimulatedGhcr.USER, secret, told);
  }

  /** The same for another user. */
  void reconnect(String user, String secret, UnaryOperator<HostProfile> told) {
    client.close();
    client = connect(user, secret, told);
    ghcr.reset();
  }

  private RegistryClient connect(String user, String secret, UnaryOperator<HostProfile> told) {
    var memory =
        new HostMemory() {
          @Override
          public Optional<HostProfile> find(String host) {
            return Optional.of(told.apply(HostProfile.builtIn(host)));
          }

          @Override
          public void remember(String host, HostProfile profile) {}
        };
    var login = new Credential.Password(user, secret, "a test");
    return RegistryClient.create(
        TransportOptions.builder()
            .retryPolicy(QUICK)
            .caFile(ghcr.authority())
            .proxy(ProxySettings.of(Map.of("HTTPS_PROXY", ghcr.proxy())))
            .warnings(warnings::add)
            .hostMemory(memory)
            .build(),
        secret.isEmpty() ? Keychain.ANONYMOUS : Keychain.of("ghcr.io", login));
  }

  /** The requests with a method whose URL contains a text. */
  List<Exchange> exchanges(String method, String url) {
    return ghcr.exchanges().stream()
        .filter(exchange -> exchange.method().equals(method) && exchange.target().contains(url))
        .toList();
  }

  @Override
  public void close() throws IOException {
    client.close();
    ghcr.close();
  }
}
