package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.RepositoryName;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A registry outside names a token server inside: it gets no request. Outside is 203.0.113.7, which
 * a network namespace of the test's own has.
 */
class PrivateRealmTest {
  private static final String OUTSIDE = "203.0.113.7";

  @Test
  void aRegistryOutsideLeadsNobodyInside() throws Exception {
    assumeTrue(exit(inNamespace("true")) == 0, "needs unshare and ip, and user namespaces");
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var program = PrivateRealmTest.class.getName();
    assertThat(exit(inNamespace("exec \"$0\" \"$@\"", java, "-cp", classPath(), program))).isZero();
  }

  private static ProcessBuilder inNamespace(String command, String... args) {
    var script = "ip link set lo up && ip addr add " + OUTSIDE + "/32 dev lo && " + command;
    return new ProcessBuilder(
        Stream.concat(Stream.of("unshare", "-r", "-n", "sh", "-c", script), Stream.of(args))
            .toList());
  }

  private static int exit(ProcessBuilder builder) throws InterruptedException {
    try {
      return builder.inheritIO().start().waitFor();
    } catch (IOException e) {
      return 127;
    }
  }

  private static String classPath() {
    return PrivateRealmTest.class.getClassLoader() instanceof URLClassLoader loader
        ? Arrays.stream(loader.getURLs())
            .map(url -> Path.of(url.getPath()).toString())
            .collect(Collectors.joining(File.pathSeparator))
        : System.getProperty("java.class.path");
  }

  private static HttpServer server(String address, String realm, AtomicInteger requests)
      throws IOException {
    var server = HttpServer.create(new InetSocketAddress(address, 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          var body = "{\"token\":\"t\"}".getBytes(UTF_8);
          exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"" + realm + "\"");
          exchange.sendResponseHeaders(realm.isEmpty() ? 200 : 401, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  /** Runs inside of the namespace. */
  public static void main(String[] args) throws Exception {
    var inside = new AtomicInteger();
    var outside = new AtomicInteger();
    var tokens = server("127.0.0.1", "", inside);
    var realm = "http://127.0.0.1:" + tokens.getAddress().getPort() + "/token";
    var registry = server(OUTSIDE, realm, outside);
    var host = OUTSIDE + ":" + registry.getAddress().getPort();
    var keychain = Keychain.of(host, new Credential.Password("bob", "hunter2", "the test"));
    var options = TransportOptions.builder().plainHttp(true).build();
    String failure = "none";
    try (var transport = new Transport(options, keychain)) {
      var scope = Scope.push(new RepositoryName("a/b"));
      transport.send(Request.of("GET", host, "/v2/").scopes(scope).build()).close();
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
    }
    registry.stop(0);
    tokens.stop(0);
    boolean right = failure.contains("private network") && inside.get() == 0 && outside.get() == 1;
    if (!right) {
      System.err.println(failure + "; requests inside: " + inside + ", outside: " + outside);
    }
    System.exit(right ? 0 : 1);
  }
}
