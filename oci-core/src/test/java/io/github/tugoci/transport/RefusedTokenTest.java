package io.github.tugoci.transport;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is asked next, and who is blamed, where a token or a redirect leads to a refusal. */
class RefusedTokenTest {
  @RegisterExtension
  static final WireMockExtension REGISTRY =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private static final Scope PUSH = Scope.push(new RepositoryName("a/b"));
  private static final String TAGS = "/v2/a/b/tags/list";
  private static final Credential.Password BOB =
      new Credential.Password("bob", "builder", "the test");

  private static void read(Keychain keychain) throws IOException {
    var options =
        TransportOptions.builder().retryPolicy(RetryPolicy.defaults().withRetries(0)).build();
    try (var transport = new Transport(options, keychain)) {
      transport.send(Request.of("GET", host(), TAGS).scopes(PUSH).build()).close();
    }
  }

  private static String host() {
    return "127.0.0.1:" + REGISTRY.getPort();
  }

  private static void wantsTokenThenPassword() {
    REGISTRY.stubFor(get(urlPathEqualTo("/token")).willReturn(okJson("{\"token\":\"t1\"}")));
    REGISTRY.stubFor(
        get(TAGS)
            .willReturn(unauthorized().withHeader("WWW-Authenticate", "Bearer realm=\"/token\"")));
    REGISTRY.stubFor(
        get(TAGS)
            .withHeader("Authorization", equalTo("Bearer t1"))
            .willReturn(unauthorized().withHeader("WWW-Authenticate", "Basic realm=\"it\"")));
  }

  @Test
  void aPasswordThatIsAskedForAfterATokenIsSent() throws Exception {
    wantsTokenThenPassword();
    REGISTRY.stubFor(
        get(TAGS).withHeader("Authorization", equalTo(BOB.basic())).willReturn(okJson("{}")));

    read(Keychain.of(host(), BOB));

    REGISTRY.verify(3, getRequestedFor(urlEqualTo(TAGS)));
  }

  @Test
  void aPasswordIsBlamedOnlyIfItWasSent() {
    wantsTokenThenPassword();
    assertThatThrownBy(() -> read(Keychain.ANONYMOUS))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageEndingWith("without a login");

    REGISTRY.stubFor(get(TAGS).willReturn(status(403)));
    assertThatThrownBy(() -> read(Keychain.of(host(), BOB)))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageEndingWith("without asking for the password of bob from the test");
  }

  @Test
  void aPasswordIsNotBlamedForAnotherHostsRefusal() throws Exception {
    var elsewhere =
        new WireMockServer(
            WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
    elsewhere.start();
    try {
      elsewhere.stubFor(any(anyUrl()).willReturn(status(403)));
      REGISTRY.stubFor(
          get(TAGS).willReturn(status(307).withHeader("Location", elsewhere.baseUrl() + "/x")));

      assertThatThrownBy(() -> read(Keychain.of(host(), BOB)))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageStartingWith(elsewhere.baseUrl() + ", where ")
          .hasMessageNotContaining("bob");
    } finally {
      elsewhere.stop();
    }
  }

  /** A captive portal, a load balancer's page, a service with an error of its own. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html | <html>Welcome</html>",
        "application/json | {}",
        "application/json | {\"token\":\"\"}",
        "application/json | [\"s3cr3t\"]"
      })
  void aTokenServiceThatGivesNoTokenIsNamedWithWhatCame(String type, String body) {
    wantsTokenThenPassword();
    REGISTRY.stubFor(
        get(urlPathEqualTo("/token")).willReturn(ok(body).withHeader("Content-Type", type)));

    assertThatThrownBy(() -> read(Keychain.of(host(), BOB)))
        .isInstanceOf(NetworkException.class)
        .hasMessageNotContaining("s3cr3t")
        .hasMessageStartingWith(
            "the token service http://%s/token?… of %s answered 200 with %s instead of a token"
                .formatted(host(), host(), type));
  }
}
