package io.github.tugoci.embedded;

import static io.github.tugoci.embedded.TestRegistry.basic;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The registry behind a server that isn't ours: the JDK's. */
class RegistryHandlerTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;
  private URI uri;
  private RegistryHandler handler;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    handler =
        RegistryHandler.open(
            EmbeddedRegistryOptions.builder().tokenAuthentication().user("bob", "secret").build(),
            uri);
    server.createContext("/", exchange -> handler.handle(new JdkExchange(exchange)));
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.stop(0);
    handler.close();
  }

  private record JdkExchange(HttpExchange exchange) implements RegistryHandler.Exchange {
    @Override
    public String method() {
      return exchange.getRequestMethod();
    }

    @Override
    public String target() {
      return exchange.getRequestURI().toString();
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
      exchange.sendResponseHeaders(status, method().equals("HEAD") || length == 0 ? -1 : length);
      return exchange.getResponseBody();
    }
  }

  private Answer ask(String method, String path, byte[] body, String authorization)
      throws Exception {
    return TestRegistry.ask(
        client,
        uri.resolve(path),
        method,
        BodyPublishers.ofByteArray(body),
        "Authorization",
        authorization);
  }

  private String token() throws Exception {
    var path = "/token?scope=repository:acme/web:pull,push";
    var answer = ask("GET", path, new byte[0], basic("bob", "secret")).expect(200);
    return "Bearer " + answer.json().requiredString("token");
  }

  @Test
  void contentGoesThereAndBack() throws Exception {
    var content = new byte[3 << 20];
    new Random(1).nextBytes(content);
    var digest = Digest.of(content);
    var token = token();
    var opened = ask("POST", "/v2/acme/web/blobs/uploads/", new byte[0], token).expect(202);
    var put = opened.header("Location") + "?digest=" + digest;
    var location = ask("PUT", put, content, token).expect(201).header("Location");
    var answer = ask("GET", location, new byte[0], token).expect(200);
    assertThat(answer.body()).isEqualTo(Bytes.of(content));
    var head = ask("HEAD", location, new byte[0], token).expect(200);
    assertThat(head.header("Content-Length")).isEqualTo(String.valueOf(content.length));
  }

  @Test
  void theChallengeNamesTheAddressThatItWasToldOrAsked() throws Exception {
    assertThat(ask("GET", "/v2/", new byte[0], "none").expect(401).header("WWW-Authenticate"))
        .isEqualTo("Bearer realm=\"" + uri + "/token\",service=\"" + uri.getAuthority() + "\"");
  }

  @Test
  void refusalsHaveTheirBodies() throws Exception {
    ask("PUT", "/v2/acme/web/manifests/v1", "no json".getBytes(UTF_8), token())
        .expectError(400, "MANIFEST_INVALID");
    ask("GET", "/other", new byte[0], "none").expectError(404, "UNSUPPORTED");
  }
}
