package io.github.tugoci.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.client.Tug;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.embedded.Permission;
import io.github.tugoci.error.AuthenticationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of programs that embed the library: servers, build tools. */
final class EmbeddingTest {
  @AutoClose private final EmbeddedRegistry registry = EmbeddedRegistry.start();
  private final Path folder;
  private final PrintStream console = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  EmbeddingTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
  }

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(printed, true, UTF_8));
  }

  @AfterEach
  void listenNoMore() {
    System.setOut(console);
  }

  private String publish(String content) throws IOException {
    var file = Files.writeString(folder.resolve("report.json"), content);
    try (var tug = Tug.anonymous()) {
      tug.pushFiles(registry.host() + "/acme/reports:1", file);
    }
    return registry.host() + "/acme/reports";
  }

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

  private String printed() {
    return printed.toString(UTF_8);
  }
}
