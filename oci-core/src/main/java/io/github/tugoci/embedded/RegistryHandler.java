package io.github.tugoci.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers a registry's requests (distribution-spec 1.1) that another HTTP server has received: a
 * servlet container, Jetty, the JDK's. It must get all requests for {@code /v2/} and, with token
 * authentication, for {@code /token}. Safe for several threads.
 *
 * <p>Of the options, those about listening (address, port, TLS, connections, the request timeout
 * and the request listener) are the other server's business and don't count.
 */
public final class RegistryHandler implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RegistryHandler.class.getName());

  /** A request that was received, and the way to answer it. */
  public interface Exchange {
    /** The method, upper-case. */
    String method();

    /** The path and the query, as they were sent: not decoded. */
    String target();

    /** The headers; their names may be in any case. */
    Map<String, List<String>> headers();

    /** The body, without the framing of HTTP. */
    InputStream body() throws IOException;

    /**
     * Sends the head of the answer; this is called once. A request's own body need not have been
     * read to its end by then.
     *
     * @param status the status
     * @param headers the headers, without {@code Content-Length}
     * @param length the length of the answer's body. An answer to HEAD tells it and has no body.
     * @return takes the body; it is closed after the last byte, and not written to for HEAD
     */
    OutputStream respond(int status, Map<String, String> headers, long length) throws IOException;
  }

  private final Storage storage;
  private final Router router;

  private RegistryHandler(Storage storage, Router router) {
    this.storage = storage;
    this.router = router;
  }

  /**
   * Opens a registry.
   *
   * @param uri where clients reach it, for challenges: scheme, host and port
   * @throws IOException if its folder can't be used
   */
  public static RegistryHandler open(EmbeddedRegistryOptions options, URI uri) throws IOException {
    var folder = options.folder();
    var storage = folder == null ? Storage.inMemory() : Storage.in(folder, options.readOnly());
    return new RegistryHandler(storage, new Router(options, storage, uri));
  }

  Router router() {
    return router;
  }

  /**
   * Answers a request.
   *
   * @throws IOException if the client went away
   */
  public void handle(Exchange exchange) throws IOException {
    var response = answer(exchange);
    boolean head = exchange.method().equals("HEAD");
    try (var out = exchange.respond(response.status(), response.headers(), response.length())) {
      if (!head && response.length() > 0) {
        send(response, out);
      }
    }
  }

  private static void send(HttpResponse response, OutputStream out) throws IOException {
    try (var body = response.body().open()) {
      body.skipNBytes(response.offset());
      var buffer = new byte[64 * 1024];
      for (long left = response.length(); left > 0; ) {
        int read = body.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          throw ClientSocket.shortened();
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
  }

  private HttpResponse answer(Exchange exchange) throws IOException {
    var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(exchange.headers());
    var body = RequestBody.toEnd(exchange.body());
    HttpRequest request;
    try {
      request = HttpRequest.of(exchange.method(), exchange.target(), headers, body, true);
    } catch (IllegalArgumentException e) {
      return new HttpError(
              400, ErrorCode.UNSUPPORTED, "the request's target has a malformed escape")
          .response();
    }
    try {
      return router.answer(request);
    } catch (IOException | RuntimeException e) {
      if (body.broken()) {
        throw new IOException("the client went away", e);
      }
      LOG.log(System.Logger.Level.DEBUG, exchange.method() + " " + exchange.target(), e);
      return new HttpError(500, ErrorCode.UNKNOWN, "the registry failed").response();
    }
  }

  /** Ends it when no request is in work any more; what is in a folder stays. */
  @Override
  public void close() throws IOException {
    try (storage;
        router) {
      // they end in the reverse order
    }
  }
}
