package io.github.tugoci.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.tugoci.model.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A registry from before the referrers API: it keeps manifests, knows nothing of subjects, and
 * answers the question for referrers in one of the ways that such registries have.
 */
final class OldRegistry implements AutoCloseable {
  private record Kept(String type, Bytes body) {}

  private final HttpServer server;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private volatile int referrersStatus = 404;
  private volatile String overwritten = "";
  private volatile String deletable = "";
  private volatile int conditionsStatus;
  private volatile boolean keepsTagsOfDigests = true;
  private volatile boolean takesTagsForDigests;

  private OldRegistry(HttpServer server) {
    this.server = server;
  }

  static OldRegistry start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var registry = new OldRegistry(server);
    server.createContext("/", registry::answer);
    server.start();
    return registry;
  }

  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Method and path of each request, without the repository's. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  void reset() {
    requests.clear();
  }

  /** From now on the question for referrers gets this status, with a page that says nothing. */
  void answerReferrersWith(int status) {
    referrersStatus = status;
  }

  /** The next write of this path is undone at once, as by a writer who knows nothing of it. */
  void overwriteOnce(String path) {
    overwritten = path;
  }

  /** Lets this be deleted, and nothing else. */
  void deleteOnly(String reference) {
    deletable = "/manifests/" + reference;
  }

  /** From now on a write under a condition is refused, whether the condition is met or not. */
  void refuseConditions(int status) {
    conditionsStatus = status;
  }

  /**
   * From now on the tag {@code sha256-HEX} leads to the manifest {@code sha256:HEX}.
   *
   * @param always whether it does so even where somebody has written the tag
   */
  void takeTagsForDigests(boolean always) {
    takesTagsForDigests = true;
    keepsTagsOfDigests = !always;
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath().replace("/v2/a/b", "");
    requests.add(exchange.getRequestMethod() + " " + path);
    try (exchange) {
      var body = Bytes.of(exchange.getRequestBody().readAllBytes());
      if (path.startsWith("/referrers/")) {
        exchange.getResponseHeaders().set("Location", "http://elsewhere.invalid/");
        send(exchange, referrersStatus, new Kept("text/html", Bytes.of("<html></html>")));
      } else if (exchange.getRequestMethod().equals("DELETE")) {
        boolean deleted = path.equals(deletable) && kept.remove(path) != null;
        exchange.sendResponseHeaders(deleted ? 202 : 405, -1);
      } else if (conditionsStatus != 0
          && exchange.getRequestHeaders().containsKey("If-None-Match")) {
        exchange.sendResponseHeaders(conditionsStatus, -1);
      } else if (exchange.getRequestMethod().equals("PUT") && path.equals(overwritten)) {
        overwritten = "";
        exchange.sendResponseHeaders(201, -1);
      } else if (exchange.getRequestMethod().equals("PUT")) {
        var manifest = new Kept(exchange.getRequestHeaders().getFirst("Content-Type"), body);
        kept.put(path, manifest);
        kept.put("/manifests/" + body.digest(), manifest);
        exchange.sendResponseHeaders(201, -1);
      } else if (takesTagsForDigests
          && kept.containsKey(path.replace("sha256-", "sha256:"))
          && !(keepsTagsOfDigests && kept.containsKey(path))) {
        send(exchange, 200, kept.get(path.replace("sha256-", "sha256:")));
      } else if (kept.containsKey(path)) {
        send(exchange, 200, kept.get(path));
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private static void send(HttpExchange exchange, int status, Kept answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.sendResponseHeaders(status, answer.body().size());
    exchange.getResponseBody().write(answer.body().toArray());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
