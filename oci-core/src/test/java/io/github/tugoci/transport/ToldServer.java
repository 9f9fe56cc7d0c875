package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A server that answers as it is told, and notes what it is asked. */
final class ToldServer implements AutoCloseable {
  /** Method, URL, {@code Authorization} if there is one, and a body if there is one. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final HttpServer server;

  private volatile @Nullable Headers lastHead;

  private record Answer(int status, String body, List<String> headers) {}

  ToldServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The registry's name of it. */
  String host() {
    return "127.0.0.1:" + port();
  }

  /**
   * Says how a path is answered; the last answer again and again.
   *
   * @param headers names and values in turn
   */
  ToldServer answer(String path, int status, String body, String... headers) {
    answers
        .computeIfAbsent(path, none -> new ArrayDeque<>())
        .add(new Answer(status, body, List.of(headers)));
    return this;
  }

  /** A field of the last request's head. */
  @Nullable String head(String name) {
    return lastHead == null ? null : lastHead.getFirst(name);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      lastHead = exchange.getRequestHeaders();
      var sent = exchange.getRequestHeaders().getFirst("Authorization");
      var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      requests.add(
          exchange.getRequestMethod()
              + " "
              + exchange.getRequestURI()
              + (sent == null ? "" : " " + sent)
              + (body.isEmpty() ? "" : " " + body));
      var answer = next(answers.get(exchange.getRequestURI().getPath()));
      for (int i = 0; i < answer.headers.size(); i += 2) {
        exchange.getResponseHeaders().add(answer.headers.get(i), answer.headers.get(i + 1));
      }
      // A connection that is kept has a delay of 40 ms for each answer in two pieces.
      exchange.getResponseHeaders().add("Connection", "close");
      var bytes = answer.body.getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static synchronized Answer next(@Nullable Queue<Answer> queue) {
    if (queue == null) {
      return new Answer(404, "", List.of());
    }
    return queue.size() > 1 ? queue.remove() : queue.element();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
