package io.github.tugoci.interop;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.fixture.Certificates;
import io.github.tugoci.fixture.DockerRegistry;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.fixture.Skopeo;
import io.github.tugoci.fixture.TokenServer;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A docker-registry that is entered in one of four ways, and clients that may enter it. */
final class Site implements AutoCloseable {
  private static final RetryPolicy QUICK =
      new RetryPolicy(5, Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofSeconds(20));

  private final Access access;
  private final TokenServer tokens;
  private final DockerRegistry registry;

  /** How the registry is entered. */
  enum Access {
    OPEN,
    BASIC,
    TOKENS,
    TLS
  }

  private Site(Access access) throws IOException, InterruptedException {
    this.access = access;
    this.tokens =
        TokenServer.start()
            .user(DockerRegistry.USER, DockerRegistry.PASSWORD, ".*", "pull", "push", "delete");
    this.registry = build().start();
  }

  /** A running registry. */
  static Site start(Access access) throws IOException, InterruptedException {
    return new Site(access);
  }

  private DockerRegistry build() {
    var builder = DockerRegistry.builder();
    return (switch (access) {
          case OPEN -> builder;
          case BASIC -> builder.basicAuth();
          case TOKENS -> builder.tokenAuth(tokens);
          case TLS -> builder.tls();
        })
        .build();
  }

  /** The registry itself. */
  DockerRegistry registry() {
    return registry;
  }

  /** Where its tokens come from. */
  TokenServer tokens() {
    return tokens;
  }

  /** Our client, which retries without long pauses. */
  RegistryClient client() {
    return client(registry.host());
  }

  /** Our client, which comes through a proxy. */
  RegistryClient client(RecordingProxy proxy) {
    return client(proxy.host());
  }

  private RegistryClient client(String host) {
    var options = TransportOptions.builder().retryPolicy(QUICK);
    if (access == Access.TLS) {
      options.plainHttp(false).caFile(Certificates.shared().authorityFile());
    }
    return RegistryClient.create(options.build(), hasUsers() ? keychain(host) : Keychain.ANONYMOUS);
  }

  private static Keychain keychain(String host) {
    return Keychain.of(
        host, new Credential.Password(DockerRegistry.USER, DockerRegistry.PASSWORD, "the test"));
  }

  /** Skopeo, which keeps its own files in a folder. */
  Skopeo skopeo(Path home) {
    var skopeo = Skopeo.at(registry.uri(), home);
    return hasUsers() ? skopeo.as(DockerRegistry.USER, DockerRegistry.PASSWORD) : skopeo;
  }

  private boolean hasUsers() {
    return access == Access.BASIC || access == Access.TOKENS;
  }

  @Override
  public void close() {
    registry.close();
    tokens.close();
  }
}
