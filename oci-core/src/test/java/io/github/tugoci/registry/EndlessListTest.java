package io.github.tugoci.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.error.LimitExceededException;
import io.github.tugoci.github.GitHubPackages;
import io.github.tugoci.net.ListLimits;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.RepositoryName;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A list without end is followed up to a limit, which the error names. */
class EndlessListTest {
  private static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));

  private final AtomicInteger asked = new AtomicInteger();
  private volatile String page = "";
  private HttpServer server;
  private String host;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var body = page.getBytes(US_ASCII);
          var next = "<?last=" + asked.incrementAndGet() + ">; rel=\"next\"";
          exchange.getResponseHeaders().set("Link", next);
          exchange
              .getResponseHeaders()
              .set("Content-Type", "application/vnd.oci.image.index.v1+json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    host = "127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static TransportOptions options(int pages, int entries) {
    return TransportOptions.builder().listLimits(new ListLimits(pages, entries)).build();
  }

  private RegistryClient client(int pages, int entries) {
    return RegistryClient.create(options(pages, entries), Keychain.ANONYMOUS);
  }

  @Test
  void tagsEndAtTheMostPages() {
    page = "{\"tags\":[]}";
    try (var client = client(5, 100)) {
      var tags = client.repository(host + "/acme/app").tags();
      assertThatThrownBy(tags::list)
          .isInstanceOf(LimitExceededException.class)
          .hasMessage("tags of " + host + "/acme/app: more than 5 pages");
      assertThat(asked).hasValue(5);
    }
  }

  @Test
  void tagsEndAtTheMostEntries() throws Exception {
    page = "{\"tags\":[\"a\",\"b\",\"c\"]}";
    try (var client = client(100, 10)) {
      var tags = client.repository(host + "/acme/app").tags();
      assertThatThrownBy(tags::list)
          .isInstanceOf(LimitExceededException.class)
          .hasMessageEndingWith("more than 10 entries");
      assertThat(asked).hasValue(4);
      assertThat(tags.list("", 9)).as("what is at the limit is no error").hasSize(9);
    }
  }

  /** Pages as large as a page may be: 64 of them are at the limit of all together. */
  @Test
  void tagsEndAtTheMostBytes() {
    var tags = "{\"tags\":[\"a\"]}";
    page = tags + " ".repeat((4 << 20) - tags.length());
    try (var client = client(100, 100)) {
      assertThatThrownBy(client.repository(host + "/acme/app").tags()::list)
          .isInstanceOf(LimitExceededException.class)
          .hasMessageEndingWith("more than 268435456 bytes");
      assertThat(asked).hasValue(65);
    }
  }

  @Test
  void emptyPagesEndSoon() {
    page = "{\"schemaVersion\":2,\"manifests\":[],\"tags\":[]}";
    try (var client = client(1000, 100)) {
      var repository = client.repository(host + "/acme/app");
      assertThatThrownBy(() -> repository.referrers().list(DIGEST))
          .isInstanceOf(LimitExceededException.class)
          .hasMessageEndingWith("more than 100 empty pages in a row");
      assertThat(asked).hasValue(101);
      assertThatThrownBy(repository.tags()::list).isInstanceOf(LimitExceededException.class);
      assertThat(asked).hasValue(202);
    }
  }

  @Test
  void referrersEndAtTheLimits() {
    var entry =
        "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"%s\",\"size\":2}"
            .formatted(DIGEST);
    page = "{\"schemaVersion\":2,\"manifests\":[" + entry + "]}";
    try (var client = client(5, 100);
        var other = client(100, 7)) {
      assertThatThrownBy(() -> client.repository(host + "/acme/app").referrers().list(DIGEST))
          .isInstanceOf(LimitExceededException.class)
          .hasMessageEndingWith("more than 5 pages");
      assertThatThrownBy(() -> other.repository(host + "/acme/app").referrers().list(DIGEST))
          .isInstanceOf(LimitExceededException.class)
          .hasMessageEndingWith("more than 7 entries");
    }
  }

  @Test
  void versionsOfAPackageAreNotCutSilently() throws Exception {
    page = "[]";
    var token = new Credential.BearerToken("x", "the test");
    try (var packages = GitHubPackages.open(URI.create("http://" + host), options(4, 100), token)) {
      assertThatThrownBy(() -> packages.versions(new RepositoryName("acme/app")))
          .isInstanceOf(LimitExceededException.class)
          .hasMessageEndingWith("more than 4 pages");
    }
  }
}
