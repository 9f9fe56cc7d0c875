package io.github.tugoci.embedded;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A registry in this process (distribution-spec 1.1): a {@link RegistryHandler} and what listens
 * for it. It serves from {@link #start} until {@link #close}:
 *
 * <pre>{@code
 * try (var registry = EmbeddedRegistry.start()) {
 *   publish("oci://" + registry.host() + "/charts");
 * }
 * }</pre>
 */
public final class EmbeddedRegistry implements AutoCloseable {
  private final RegistryHandler handler;
  private final HttpServer listener;
  private final URI uri;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedRegistry(RegistryHandler handler, HttpServer listener, URI uri) {
    this.handler = handler;
    this.listener = listener;
    this.uri = uri;
  }

  /**
   * Starts a registry in memory, on a free port of the loopback address.
   *
   * @throws IOException if it can't listen
   */
  public static EmbeddedRegistry start() throws IOException {
    return start(EmbeddedRegistryOptions.defaults());
  }

  /**
   * Starts a registry.
   *
   * @throws IOException if it can't listen, or can't use its folder
   */
  public static EmbeddedRegistry start(EmbeddedRegistryOptions options) throws IOException {
    var listener = HttpServer.bind(options);
    try {
      var scheme = options.tls() == null ? "http" : "https";
      var uri = URI.create(scheme + "://" + options.host() + ":" + listener.port());
      var handler = RegistryHandler.open(options, uri);
      listener.start(handler.router());
      return new EmbeddedRegistry(handler, listener, uri);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  /** The host part of references to it: {@code 127.0.0.1:PORT}. */
  public String host() {
    return uri.getAuthority();
  }

  /** The base URL, with {@code http} or {@code https}. */
  public URI uri() {
    return uri;
  }

  /**
   * Stops: requests in work may end within 5 seconds, then no thread and no temporary file is left.
   * What is in a folder stays.
   */
  @Override
  public void close() throws IOException {
    if (closed.getAndSet(true)) {
      return;
    }
    try (handler;
        listener) {
      // they end in the reverse order
    }
  }
}
