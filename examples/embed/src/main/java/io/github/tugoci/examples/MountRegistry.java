package io.github.tugoci.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.embedded.RegistryHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** A registry behind an HTTP server of one's own; here it is the JDK's. */
public final class MountRegistry implements AutoCloseable {
  private final HttpServer server;
  private final RegistryHandler registry;

  /** Listens on a free port of this machine. */
  public MountRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry =
        RegistryHandler.open(
            EmbeddedRegistryOptions.builder().build(), URI.create("http://" + host()));
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/v2/", exchange -> registry.handle(new Received(exchange)));
    server.start();
  }

  /** {@code HOST:PORT}, as references name it. */
  public String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** A request in the server's own words. */
  private record Received(HttpExchange exchange) implements RegistryHandler.Exchange {
    @Override
    public String method() {
      return exchange.getRequestMethod();
    }

    @Override
    public String target() {
      return exchange.getRequestURI().toASCIIString();
    }

    @Override
    public Map<String, List<String>> headers() {
      return exchange.getRequestHeaders();
    }

    @Override
    public InputStream body() {
      return exchange.getRequestBody();
    }

    @Override
    public OutputStream respond(int status, Map<String, String> headers, long length)
        throws IOException {
      headers.forEach(exchange.getResponseHeaders()::set);
      if (method().equals("HEAD")) {
        exchange.getResponseHeaders().set("Content-Length", String.valueOf(length));
      }
      boolean empty = length == 0 || method().equals("HEAD");
      exchange.sendResponseHeaders(status, empty ? -1 : length);
      return exchange.getResponseBody();
    }
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    registry.close();
  }
}
