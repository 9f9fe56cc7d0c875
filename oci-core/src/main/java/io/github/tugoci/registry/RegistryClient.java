package io.github.tugoci.registry;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.net.HostProfile;
import io.github.tugoci.net.ProbeResult;
import io.github.tugoci.net.ProxyRoute;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.RepositoryName;
import io.github.tugoci.transport.Request;
import io.github.tugoci.transport.Transport;
import java.io.IOException;
import java.net.URI;

/**
 * The way to registries: it owns the connections, the tokens and what has been learnt about each
 * host, and closes them. One serves a whole process, or one tenant of it; it is safe for many
 * threads.
 *
 * <pre>{@code
 * try (var client = RegistryClient.create(TransportOptions.defaults(), keychain)) {
 *   var repository = client.repository("ghcr.io/acme/app");
 *   var manifest = repository.manifest("1.0");
 * }
 * }</pre>
 */
public final class RegistryClient implements AutoCloseable {
  private final Transport transport;
  private final RegistryMemory memory;

  private RegistryClient(Transport transport, RegistryMemory memory) {
    this.transport = transport;
    this.memory = memory;
  }

  /** A client with its own connections. */
  public static RegistryClient create(TransportOptions options, Keychain keychain) {
    return new RegistryClient(
        new Transport(options, keychain), new RegistryMemory(options.hostMemory()));
  }

  /** A client without credentials, with every option at its default. */
  public static RegistryClient anonymous() {
    return create(TransportOptions.defaults(), Keychain.ANONYMOUS);
  }

  /** A repository of a registry. Nothing is sent. */
  public Repository repository(String host, RepositoryName name) {
    return new Repository(new RepositoryContext(transport, memory, host, name, null));
  }

  /** The repository that a reference names; its tag and digest play no part. Nothing is sent. */
  public Repository repository(Reference reference) {
    return repository(reference.host(), reference.repository());
  }

  /**
   * The repository that {@code HOST/NAME} names. Nothing is sent.
   *
   * @throws InvalidReferenceException if the text isn't a reference
   */
  public Repository repository(String reference) {
    return repository(Reference.parse(reference));
  }

  /**
   * The files of a web server, which need not be a registry. Nothing is sent.
   *
   * @param site an http or https URL of that server; its path plays no part
   */
  public HttpFileClient files(URI site) {
    return new HttpFileClient(transport, site);
  }

  /**
   * Asks a registry whether it is one, and whether it takes the client's credential for it
   * (distribution-spec, "Determining support").
   *
   * @throws AuthenticationException if it refuses the credential, or wants one
   * @throws NetworkException if it can't be reached
   * @throws OciException if it answers otherwise than a registry
   */
  public void ping(String host) throws IOException {
    transport.send(Request.of("GET", host, "/v2/").build()).close();
  }

  /** How a registry is reached: directly or through a proxy. Nothing is sent. */
  public ProxyRoute proxyRoute(String host) {
    return transport.route(host);
  }

  /**
   * Asks a registry once, as nobody and without a second try, for what its answer tells about the
   * way there: its certificate, its clock.
   *
   * @throws NetworkException if it can't be reached
   */
  public ProbeResult probe(String host) throws IOException {
    return transport.probe(host);
  }

  /** What is known of a registry, from the beginning and by what it has answered. */
  public HostProfile profile(String host) {
    return transport.profile(host);
  }

  /** Closes all connections and forgets all tokens; no thread remains. */
  @Override
  public void close() {
    transport.close();
  }
}
