package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server of files, which remembers what it was asked for. */
final class FileSite implements AutoCloseable {
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, String> redirects = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile String login = "";

  FileSite() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  String url(String path) {
    return "http://" + host() + path;
  }

  /** A file, by its path and query. */
  void put(String path, byte[] content) {
    files.put(path, content);
  }

  void put(String path, String content) {
    put(path, content.getBytes(UTF_8));
  }

  void redirect(String path, String to) {
    redirects.put(path, to);
  }

  /** From now on every file needs this login. */
  void protect(String user, String password) {
    login = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  /** Each request's path and query, with {@code !} after it if a credential came along. */
  List<String> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().toString();
    var credential = exchange.getRequestHeaders().getFirst("Authorization");
    requests.add(path + (credential == null ? "" : "!"));
    try (exchange) {
      var file = files.get(path);
      if (!login.isEmpty() && !login.equals(credential)) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"files\"");
        exchange.sendResponseHeaders(401, -1);
      } else if (redirects.containsKey(path)) {
        exchange.getResponseHeaders().set("Location", redirects.get(path));
        exchange.sendResponseHeaders(302, -1);
      } else if (file == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        exchange.sendResponseHeaders(200, file.length);
        exchange.getResponseBody().write(file);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
