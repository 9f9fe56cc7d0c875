package io.github.tugoci.embedded;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A registry in this process (distribution-spec 1.1). It serves from {@link #start} until {@link
 * #close}:
 *
 * <pre>{@code
 * try (var registry = EmbeddedRegistry.start()) {
 *   publish("oci://" + registry.host() + "/charts");
 * }
 * }</pre>
 */
public final class EmbeddedRegistry implements AutoCloseable {
  private final Storage storage;
  private final HttpListener listener;
  private final Router router;
  private final URI uri;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedRegistry(Storage storage, HttpListener listener, Router router, URI uri) {
    this.storage = storage;
    this.listener = listener;
    this.router = router;
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
    var folder = options.folder;
    var storage = folder == null ? Storage.inMemory() : Storage.in(folder, options.readOnly);
    try {
      var listener = HttpListener.bind(options);
      var scheme = options.tls == null ? "http" : "https";
      var uri = URI.create(scheme + "://" + options.hostName + ":" + listener.port());
      var router = new Router(options, storage, uri);
      listener.start(router);
      return new EmbeddedRegistry(storage, listener, router, uri);
    } catch (IOException e) {
      storage.close();
      throw e;
    }
  }

  /** Where it listens, as references name it: {@code 127.0.0.1:PORT}. */
  public String host() {
    return uri.getAuthority();
  }

  /** Where it listens, with {@code http} or {@code https}. */
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
    try (storage;
        router;
        listener) {
      // they end in the reverse order
    }
  }
}
