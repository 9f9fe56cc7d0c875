package io.github.tugoci.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.fixture.Certificates;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.reference.Digest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Random;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TLS with the key of a key store. */
class TlsTest {
  private EmbeddedRegistry registry;
  private HttpClient client;

  @BeforeEach
  void start() throws Exception {
    var store = Certificates.shared().keyStore();
    registry =
        EmbeddedRegistry.start(
            EmbeddedRegistryOptions.builder()
                .tls(store, new char[0])
                .tokenAuthentication()
                .user("bob", "secret")
                .build());
    client = HttpClient.newBuilder().sslContext(Certificates.shared().client()).build();
  }

  @AfterEach
  void close() throws Exception {
    registry.close();
  }

  @Test
  void contentGoesThroughTls() throws Exception {
    var content = new byte[3 << 20];
    new Random(1).nextBytes(content);
    var digest = Digest.of(content);
    var token =
        ask("GET", "/token?scope=repository:acme/web:pull,push", new byte[0], basic())
            .json()
            .requiredString("token");
    var path = "/v2/acme/web/blobs/uploads/?digest=" + digest;
    var location = ask("POST", path, content, "Bearer " + token).expect(201).header("Location");
    var answer = ask("GET", location, new byte[0], "Bearer " + token).expect(200);
    assertThat(answer.body()).isEqualTo(Bytes.of(content));
  }

  private static String basic() {
    return TestRegistry.basic("bob", "secret");
  }

  private Answer ask(String method, String path, byte[] body, String authorization)
      throws Exception {
    var publisher = BodyPublishers.ofByteArray(body);
    var uri = registry.uri().resolve(path);
    return TestRegistry.ask(client, uri, method, publisher, "Authorization", authorization);
  }

  @Test
  void itSaysHttpsInItsAddressAndItsRealm() throws Exception {
    assertThat(registry.uri()).hasScheme("https");
    assertThat(ask("GET", "/v2/", new byte[0], "none").expect(401).header("WWW-Authenticate"))
        .contains("realm=\"" + registry.uri() + "/token\"");
  }

  @Test
  void whoDoesNotTrustTheAuthorityGetsNothing() {
    assertThatThrownBy(
            () ->
                TestRegistry.ask(
                    HttpClient.newHttpClient(),
                    registry.uri().resolve("/v2/"),
                    "GET",
                    BodyPublishers.noBody()))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void plainHttpIsNotUnderstoodAndHarmsNobody() throws Exception {
    try (var raw = new RawConnection(URI.create("http://" + registry.host()))) {
      assertThat(raw.send("GET /v2/ HTTP/1.1\nHost: a\n\n").end().rest()).doesNotContain("HTTP/");
    }
    ask("GET", "/v2/", new byte[0], "none").expect(401);
  }

  @Test
  void aRequestIsRefusedWithItsAnswer() throws Exception {
    var digest = Digest.of(new byte[0]);
    ask("POST", "/v2/A/blobs/uploads/?digest=" + digest, new byte[2 << 20], "none")
        .expectError(400, "NAME_INVALID");
  }
}
