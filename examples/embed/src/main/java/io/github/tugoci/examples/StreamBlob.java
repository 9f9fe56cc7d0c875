package io.github.tugoci.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Answers HTTP requests with what is in a registry, as a servlet would: {@code GET /TAG} gives the
 * first layer of that tag, streamed, with nothing of it kept. {@code StreamBlob
 * ghcr.io/acme/reports} would wait here; a test asks it.
 */
public final class StreamBlob implements AutoCloseable {
  private final RegistryClient client = RegistryClient.anonymous();
  private final Repository repository;
  private final HttpServer server;

  StreamBlob(String repository) throws IOException {
    this.repository = client.repository(repository);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  public static void main(String... args) throws IOException {
    try (var server = new StreamBlob(args[0])) {
      System.out.println("listening on port " + server.port());
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    // An exchange that is closed before its whole body went out tells the client that it was cut:
    // what the registry sends is checked while it passes, and its last bytes wait for the digest.
    try (exchange) {
      stream(exchange);
    }
  }

  private void stream(HttpExchange exchange) throws IOException {
    try {
      var tag = exchange.getRequestURI().getPath().substring(1);
      if (!(repository.manifest(tag) instanceof ImageManifest manifest)) {
        exchange.sendResponseHeaders(415, -1);
        return;
      }
      var layer = manifest.layers().get(0);
      try (var content = repository.fetch(layer)) {
        exchange.getResponseHeaders().set("Content-Type", layer.mediaType().toString());
        exchange.sendResponseHeaders(200, layer.size());
        content.transferTo(exchange.getResponseBody());
      }
    } catch (NotFoundException e) {
      exchange.sendResponseHeaders(404, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }
}
