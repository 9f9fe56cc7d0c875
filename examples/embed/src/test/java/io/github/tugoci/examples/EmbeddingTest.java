package io.github.tugoci.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.tugoci.auth.Credential;
import io.github.tugoci.client.Tug;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.embedded.Permission;
import io.github.tugoci.error.AuthenticationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The examples of programs that embed the library: servers, build tools. */
final class EmbeddingTest extends ExampleTest {
  EmbeddingTest() throws IOException {}

  @Test
  void contentIsStreamedToAnHttpResponse() throws Exception {
    try (var server = new StreamBlob(publish("a report"))) {
      assertThat(get(server, "/1").body()).isEqualTo("a report");
      assertThat(get(server, "/2").statusCode()).isEqualTo(404);
    }
  }

  private static HttpResponse<String> get(StreamBlob server, String path) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void tenantsDoNotShareCredentials() throws IOException {
    var all = EnumSet.allOf(Permission.class);
    var options =
        EmbeddedRegistryOptions.builder()
            .user("red", "r3d", "red/*", all)
            .user("blue", "blu3", "blue/*", all)
            .tokenAuthentication()
            .build();
    try (var guarded = EmbeddedRegistry.start(options);
        var tenants = new TenantClients()) {
      var host = guarded.host();
      var file = Files.writeString(folder.resolve("file"), "x");
      var red = tenants.of("red", host, "red", "r3d");
      var blue = tenants.of("blue", host, "blue", "blu3");

      Tug.with(red).pushFiles(host + "/red/app:1", file);

      assertThat(Tug.with(red).tags(host + "/red/app")).containsExactly("1");
      assertThatThrownBy(() -> Tug.with(blue).tags(host + "/red/app"))
          .isInstanceOf(AuthenticationException.class);
    }
  }

  @Test
  void aCopyShowsWhatMovesAndItsResult() throws Exception {
    CancelCopy.main(publish("a report") + ":1", "oci:" + folder.resolve("copy"), "PT1M");

    assertThat(printed()).contains("TRANSFERRED", "bytes so far").doesNotContain("cancelled");
  }

  @Test
  void aCopyThatTakesTooLongLeavesNoTag() throws Exception {
    var target = registry.host() + "/acme/late:1";

    CancelCopy.main(publish("a report") + ":1", target, "PT0S");

    assertThat(printed()).contains("cancelled");
    try (var tug = Tug.anonymous()) {
      assertThatThrownBy(() -> tug.resolve(target)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anSbomIsAttachedAndFound() throws IOException {
    var image = publish("an image, or so") + ":1";
    AttachSbom.main(image, Files.writeString(folder.resolve("sbom.json"), "{}").toString());

    assertThat(printed()).contains("has 2 bytes of SBOM");
  }

  @Test
  void aBuildToolPushesWithItsOwnCredential() throws IOException {
    var options = EmbeddedRegistryOptions.builder().user("ci", "s3cret").build();
    var log = new ArrayList<String>();
    try (var guarded = EmbeddedRegistry.start(options)) {
      var jar = Files.writeString(folder.resolve("app.jar"), "a jar");
      var login = Optional.<Credential>of(new Credential.Password("ci", "s3cret", "settings.xml"));
      var reference = guarded.host() + "/acme/app:1";

      var digest = goal(reference, jar, login, log).execute();

      assertThat(digest).startsWith("sha256:");
      assertThat(log).containsExactly("pushed " + reference + "@" + digest);
      assertThatThrownBy(() -> goal(reference, jar, Optional.empty(), log).execute())
          .hasMessageContaining("<id>" + guarded.host() + "</id>");
    }
  }

  private BuildPluginGoal goal(
      String reference, Path file, Optional<Credential> login, List<String> log) {
    return new BuildPluginGoal(reference, List.of(file), login, Map.of(), folder, log::add);
  }

  @Test
  void aRegistryIsMountedInAServerOfOnesOwn() throws Exception {
    var file = Files.writeString(folder.resolve("file"), "x");
    try (var server = new MountRegistry();
        var tug = Tug.anonymous()) {
      tug.pushFiles(server.host() + "/acme/file:1", file);
      tug.pullFiles(server.host() + "/acme/file:1", folder.resolve("pulled"));
    }
    assertThat(folder.resolve("pulled/file")).hasContent("x");
  }

  @Test
  void aChartIsFoundInARepositoryThatHelmKnows() throws Exception {
    var shop = Files.createDirectories(folder.resolve("shop"));
    Files.writeString(shop.resolve("Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.2.0\n");
    var site = Files.createDirectories(folder.resolve("site"));
    PackageChart.main(shop.toString(), site.toString());
    var index = "entries: {shop: [{name: shop, version: 1.2.0, urls: [shop-1.2.0.tgz]}]}";
    Files.writeString(site.resolve("index.yaml"), index);
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var content =
              Files.readAllBytes(site.resolve(exchange.getRequestURI().getPath().substring(1)));
          exchange.sendResponseHeaders(200, content.length);
          try (var out = exchange.getResponseBody()) {
            out.write(content);
          }
        });
    server.start();
    try {
      var known =
          "repositories: [{name: stable, url: 'http://127.0.0.1:%d'}]"
              .formatted(server.getAddress().getPort());
      var helm = Files.writeString(folder.resolve("repositories.yaml"), known);

      FindChart.main(helm.toString(), "stable", "shop", "^1", folder.resolve("charts").toString());
    } finally {
      server.stop(0);
    }
    assertThat(printed()).contains("version 1.2.0", "pulled ");
    assertThat(folder.resolve("charts/shop-1.2.0.tgz")).exists();
  }
}
