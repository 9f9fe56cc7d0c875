package io.github.tugoci.transport;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a request is led, and what doesn't go along. */
class RedirectsTest {
  @RegisterExtension static final WireMockExtension REGISTRY = server();

  @RegisterExtension static final WireMockExtension STORAGE = server();

  private static WireMockExtension server() {
    return WireMockExtension.newInstance()
        .options(
            WireMockConfiguration.wireMockConfig()
                .dynamicPort()
                .dynamicHttpsPort()
                .bindAddress("127.0.0.1"))
        .build();
  }

  private final Transport transport = transport(REGISTRY.getPort());

  private static Transport transport(int port) {
    return new Transport(
        TransportOptions.builder()
            .insecure(true)
            .plainHttp(port == REGISTRY.getPort())
            .retryPolicy(RetryPolicy.defaults().withRetries(0))
            .build(),
        Keychain.of("127.0.0.1:" + port, new Credential.BearerToken("s3cret", "the test")));
  }

  private static String storage() {
    return "http://127.0.0.1:" + STORAGE.getPort();
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private static Request.Builder request(String method) {
    return Request.of(method, "127.0.0.1:" + REGISTRY.getPort(), "/v2/x?a=b&a=%20c&d");
  }

  private String send(Request.Builder request) throws IOException {
    try (var response = transport.send(request.reads(100).build())) {
      return new String(response.bytes().toArray(), UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aReadGoesToAnotherHostWithoutItsCredential(int status) throws Exception {
    var elsewhere = storage() + "/blob?sig=a%2Fb&x=1";
    REGISTRY.stubFor(get(anyUrl()).willReturn(status(status).withHeader("Location", elsewhere)));
    STORAGE.stubFor(get(anyUrl()).willReturn(ok("hello")));
    assertThat(send(request("GET").header("Range", "bytes=0-4"))).isEqualTo("hello");
    REGISTRY.verify(
        getRequestedFor(urlEqualTo("/v2/x?a=b&a=%20c&d"))
            .withHeader("Authorization", equalTo("Bearer s3cret")));
    STORAGE.verify(
        getRequestedFor(urlEqualTo("/blob?sig=a%2Fb&x=1"))
            .withHeader("Authorization", absent())
            .withHeader("Range", equalTo("bytes=0-4"))
            .withHeader("Accept-Encoding", equalTo("identity")));
  }

  @Test
  void aRelativeRedirectKeepsTheCredential() throws Exception {
    REGISTRY.stubFor(get(anyUrl()).willReturn(status(307).withHeader("Location", "/v2/y")));
    REGISTRY.stubFor(get("/v2/y").willReturn(ok("hello")));
    assertThat(send(request("GET"))).isEqualTo("hello");
    REGISTRY.verify(
        getRequestedFor(urlEqualTo("/v2/y")).withHeader("Authorization", equalTo("Bearer s3cret")));
  }

  @Test
  void aBodyGoesAlongWhereTheMethodIsKept() throws Exception {
    var body = Blob.of(Bytes.of("content"));
    REGISTRY.stubFor(
        put(anyUrl()).willReturn(status(307).withHeader("Location", storage() + "/there")));
    STORAGE.stubFor(put("/there").willReturn(status(201)));
    send(request("PUT").body(body, MediaType.OCTET_STREAM));
    STORAGE.verify(
        putRequestedFor(urlEqualTo("/there"))
            .withHeader("Authorization", absent())
            .withHeader("Content-Length", equalTo("7"))
            .withRequestBody(equalTo("content")));
  }

  @Test
  void aBodyIsNotTurnedIntoAnotherMethod() {
    var body = Blob.of(Bytes.of("content"));
    REGISTRY.stubFor(put(anyUrl()).willReturn(status(303).withHeader("Location", "/elsewhere")));
    assertThatThrownBy(() -> send(request("PUT").body(body, MediaType.OCTET_STREAM)))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("303");
  }

  @Test
  void circlesEnd() {
    REGISTRY.stubFor(get(anyUrl()).willReturn(status(302).withHeader("Location", "/again")));
    assertThatThrownBy(() -> send(request("GET"))).hasMessageContaining("more than ten times");
    REGISTRY.verify(11, getRequestedFor(anyUrl()));
  }

  @Test
  void tenRedirectsAreFollowedAndOneMoreIsNot() throws Exception {
    for (int i = 0; i <= 10; i++) {
      REGISTRY.stubFor(
          get("/v2/" + i).willReturn(status(302).withHeader("Location", "" + (i + 1))));
    }
    REGISTRY.stubFor(get("/v2/11").willReturn(ok("hello")));
    var host = "127.0.0.1:" + REGISTRY.getPort();
    try (var plain = transport(REGISTRY.getPort())) {
      plain.send(Request.of("GET", host, "/v2/1").build()).close();
      assertThatThrownBy(() -> plain.send(Request.of("GET", host, "/v2/0").build()))
          .hasMessageContaining("more than ten times");
    }
  }

  @Test
  void nothingLeavesTheEncryption() throws Exception {
    var secure = "127.0.0.1:" + REGISTRY.getHttpsPort();
    REGISTRY.stubFor(
        get("/v2/out").willReturn(status(302).withHeader("Location", storage() + "/x")));
    try (var encrypted = transport(REGISTRY.getHttpsPort())) {
      assertThatThrownBy(() -> encrypted.send(Request.of("GET", secure, "/v2/out").build()))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("not encrypted");
      var location = URI.create(storage() + "/upload");
      assertThatThrownBy(() -> encrypted.send(Request.of("PUT", location, secure).build()))
          .isInstanceOf(InvalidContentException.class)
          .hasMessageContaining("not encrypted");
    }
    STORAGE.verify(0, getRequestedFor(anyUrl()));
  }

  @Test
  void aStrangeSchemeIsRefused() {
    REGISTRY.stubFor(
        get(anyUrl()).willReturn(status(302).withHeader("Location", "file:///etc/passwd")));
    assertThatThrownBy(() -> send(request("GET"))).hasMessageContaining("to file, not to http");
  }

  @Test
  void aLocationOnAnotherHostGetsNoCredential() throws Exception {
    STORAGE.stubFor(put(anyUrl()).willReturn(status(201)));
    send(
        Request.of(
            "PUT", URI.create(storage() + "/up?state=%7B%7D"), "127.0.0.1:" + REGISTRY.getPort()));
    STORAGE.verify(
        putRequestedFor(urlEqualTo("/up?state=%7B%7D")).withHeader("Authorization", absent()));
  }
}
