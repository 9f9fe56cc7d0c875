package io.github.tugoci.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.tugoci.fixture.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The node's side of {@code kubectl logs}: {@code /containerLogs/NAMESPACE/POD/CONTAINER}. */
final class LogServer implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  private final HttpsServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final Function<String, @Nullable PodLog> logs;

  /** Serves the logs of pods, which are named {@code NAMESPACE/POD}. */
  LogServer(Path folder, Function<String, @Nullable PodLog> logs) throws Exception {
    this.logs = logs;
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(folder.resolve("node.p12"))));
    server.createContext("/containerLogs/", this::serve);
    server.setExecutor(workers);
    server.start();
  }

  private static SSLContext context(Path file) throws Exception {
    Program.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString())
        .with("-genkeypair", "-alias", "node", "-keyalg", "EC", "-dname", "CN=node")
        .with("-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12", "-storepass", PASSWORD)
        .with("-keystore", file.toString())
        .run()
        .expectSuccess();
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var parts = exchange.getRequestURI().getPath().split("/", -1);
      var query = String.valueOf(exchange.getRequestURI().getQuery());
      var log = logs.apply(parts[2] + "/" + parts[3]);
      if (log == null) {
        var text =
            "container \"%s\" in pod \"%s\" is waiting to start: ContainerCreating"
                .formatted(parts[4], parts[3])
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(400, text.length);
        exchange.getResponseBody().write(text);
        return;
      }
      exchange.sendResponseHeaders(200, 0);
      log.write(
          exchange.getResponseBody(),
          query.contains("follow=true"),
          query.contains("timestamps=true"));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
