package io.github.tugoci.transport;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.net.HostMemory;
import io.github.tugoci.net.HostProfile;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who asks, and how often a token is asked for (facts of Docker's token specification and GHCR).
 */
class AuthorizationTest {
  @RegisterExtension
  static final WireMockExtension REGISTRY =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private static final RepositoryName NAME = new RepositoryName("a/b");
  private static final String TAGS = "/v2/a/b/tags/list";
  private static final Credential.Password BOB =
      new Credential.Password("bob", "builder", "the test");

  private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, HostProfile> memory = new HashMap<>();
  private final List<Transport> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(Transport::close);
  }

  private static String host() {
    return "127.0.0.1:" + REGISTRY.getPort();
  }

  private Transport transport(Keychain keychain) {
    var options =
        TransportOptions.builder()
            .retryPolicy(RetryPolicy.defaults().withRetries(0))
            .warnings(warnings::add)
            .hostMemory(remembering())
            .build();
    var transport = new Transport(options, keychain);
    open.add(transport);
    return transport;
  }

  private Transport bob() {
    return transport(Keychain.of(host(), BOB));
  }

  private HostMemory remembering() {
    return new HostMemory() {
      @Override
      public Optional<HostProfile> find(String host) {
        return Optional.ofNullable(memory.get(host));
      }

      @Override
      public void remember(String host, HostProfile profile) {
        memory.put(host, profile);
      }
    };
  }

  private static void read(Transport transport, Scope... scopes) throws IOException {
    transport.send(Request.of("GET", host(), TAGS).scopes(scopes).build()).close();
  }

  private static ResponseDefinitionBuilder challenge(String more) {
    return unauthorized()
        .withHeader(
            "WWW-Authenticate",
            "Bearer realm=\"http://127.0.0.1:%d/token?x=1\",service=\"it\"%s"
                .formatted(REGISTRY.getPort(), more));
  }

  private static void wantsToken(String token) {
    REGISTRY.stubFor(get(TAGS).willReturn(challenge("")));
    REGISTRY.stubFor(
        get(TAGS).withHeader("Authorization", equalTo("Bearer " + token)).willReturn(okJson("{}")));
  }

  private static void gives(String token) {
    REGISTRY.stubFor(
        get(urlPathEqualTo("/token")).willReturn(okJson("{\"token\":\"%s\"}".formatted(token))));
  }

  @Test
  void aTokenIsAskedForByTheChallengeAndKept() throws Exception {
    wantsToken("t1");
    gives("t1");
    var transport = bob();
    read(transport, Scope.pull(NAME));
    read(transport, Scope.pull(NAME));
    REGISTRY.verify(3, getRequestedFor(urlEqualTo(TAGS)));
    REGISTRY.verify(
        1,
        getRequestedFor(urlEqualTo("/token?x=1&service=it&scope=repository%3Aa%2Fb%3Apull"))
            .withHeader("Authorization", equalTo(BOB.basic())));
  }

  @Test
  void aTokenForMoreServesForLess() throws Exception {
    wantsToken("t1");
    gives("t1");
    var transport = bob();
    read(transport, Scope.push(NAME));
    read(transport, Scope.pull(NAME));
    REGISTRY.verify(1, getRequestedFor(urlPathEqualTo("/token")));
  }

  @Test
  void manyThreadsAskForOneToken() throws Exception {
    wantsToken("t1");
    gives("t1");
    var transport = bob();
    var threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Boolean> task =
          () -> {
            read(transport, Scope.pull(NAME));
            return true;
          };
      for (var done : threads.invokeAll(Collections.nCopies(24, task))) {
        assertThat(done.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
    REGISTRY.verify(1, getRequestedFor(urlPathEqualTo("/token")));
    REGISTRY.verify(25, getRequestedFor(urlEqualTo(TAGS)));
  }

  @Test
  void aRememberedHostIsAskedWithATokenAtOnce() throws Exception {
    wantsToken("t1");
    gives("t1");
    read(bob(), Scope.pull(NAME));
    REGISTRY.resetRequests();
    read(bob(), Scope.pull(NAME));
    REGISTRY.verify(1, getRequestedFor(urlEqualTo(TAGS)));
    REGISTRY.verify(1, getRequestedFor(urlPathEqualTo("/token")));
  }

  @Test
  void wrongMemoryIsCorrected() throws Exception {
    wantsToken("t1");
    gives("t1");
    memory.put(host(), HostProfile.UNKNOWN.withTokens(URI.create("http://127.0.0.1:1/gone"), "x"));
    read(bob(), Scope.pull(NAME));
    assertThat(memory.get(host()).tokenService()).isEqualTo("it");
  }

  @Test
  void aTokenThatIsRefusedIsRenewedOnce() throws Exception {
    wantsToken("t1");
    gives("t1");
    var transport = bob();
    read(transport, Scope.pull(NAME));
    wantsToken("t2");
    gives("t2");
    read(transport, Scope.pull(NAME));
    wantsToken("t3");
    gives("useless");
    REGISTRY.resetRequests();
    assertThatThrownBy(() -> read(transport, Scope.push(NAME)))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("password of bob from the test");
    REGISTRY.verify(2, getRequestedFor(urlEqualTo(TAGS)));
  }

  @Test
  void aRefusedPasswordIsNamedWithItsSource() {
    wantsToken("t1");
    REGISTRY.stubFor(
        get(urlPathEqualTo("/token"))
            .willReturn(status(401).withBody("{\"details\":\"incorrect username or password\"}")));
    assertThatThrownBy(() -> read(bob(), Scope.push(NAME)))
        .isInstanceOf(AuthenticationException.class)
        .hasMessage(host() + " refuses the password of bob from the test")
        .cause()
        .hasMessageContaining("incorrect username or password");
  }

  @Test
  void whatEverybodyMayReadIsReadThoughTheCredentialIsStale() throws Exception {
    wantsToken("public");
    REGISTRY.stubFor(
        get(urlPathEqualTo("/token")).willReturn(status(403).withBody("denied: denied")));
    REGISTRY.stubFor(
        get(urlPathEqualTo("/token"))
            .withHeader("Authorization", absent())
            .willReturn(okJson("{\"access_token\":\"public\",\"expires_in\":300}")));
    var transport = bob();
    read(transport, Scope.pull(NAME));
    read(transport, Scope.pull(NAME));
    assertThat(warnings).hasSize(1).first().asString().contains("password of bob from the test");
    assertThatThrownBy(() -> read(transport, Scope.push(NAME)))
        .isInstanceOf(AuthenticationException.class);
  }

  @Test
  void thePlaceholderScopeOfGhcrIsIgnored() throws Exception {
    REGISTRY.stubFor(get("/v2/").willReturn(challenge(",scope=\"repository:user/image:pull\"")));
    REGISTRY.stubFor(
        get("/v2/").withHeader("Authorization", containing("Bearer")).willReturn(okJson("{}")));
    gives("t1");
    bob().send(Request.of("GET", host(), "/v2/").build()).close();
    REGISTRY.verify(1, getRequestedFor(urlEqualTo("/token?x=1&service=it")));
  }

  @Test
  void aTokenServersRefusalNamesTheMethodThatWasSent() {
    wantsToken("t1");
    REGISTRY.stubFor(post(urlPathEqualTo("/token")).willReturn(status(400)));
    var identity = transport(Keychain.of(host(), new Credential.IdentityToken("x", "the test")));
    assertThatThrownBy(() -> read(identity, Scope.push(NAME)))
        .cause()
        .isInstanceOfSatisfying(
            RegistryException.class,
            answer -> assertThat(answer.request().method()).isEqualTo("POST"));
  }

  @Test
  void anIdentityTokenIsChangedByPost() throws Exception {
    wantsToken("t1");
    REGISTRY.stubFor(
        post(urlPathEqualTo("/token")).willReturn(okJson("{\"access_token\":\"t1\"}")));
    read(
        transport(Keychain.of(host(), new Credential.IdentityToken("s3cr&t", "the test"))),
        Scope.pull(NAME));
    REGISTRY.verify(
        1,
        postRequestedFor(urlPathEqualTo("/token"))
            .withRequestBody(containing("refresh_token=s3cr%26t"))
            .withRequestBody(containing("scope=repository%3Aa%2Fb%3Apull"))
            .withHeader("Authorization", absent()));
  }

  @Test
  void aBearerTokenIsSentAsItIs() throws Exception {
    wantsToken("mine");
    read(
        transport(Keychain.of(host(), new Credential.BearerToken("mine", "the test"))),
        Scope.pull(NAME));
    REGISTRY.verify(1, getRequestedFor(urlEqualTo(TAGS)));
  }

  @Test
  void basicAuthenticationIsRemembered() throws Exception {
    REGISTRY.stubFor(
        get(TAGS).willReturn(unauthorized().withHeader("WWW-Authenticate", "Basic realm=\"it\"")));
    REGISTRY.stubFor(
        get(TAGS).withHeader("Authorization", equalTo(BOB.basic())).willReturn(okJson("{}")));
    var transport = bob();
    read(transport, Scope.pull(NAME));
    read(transport, Scope.pull(NAME));
    REGISTRY.verify(3, getRequestedFor(urlEqualTo(TAGS)));
    assertThatThrownBy(() -> read(transport(Keychain.ANONYMOUS), Scope.pull(NAME)))
        .isInstanceOf(AuthenticationException.class)
        .hasMessage(host() + " requires a login: no credential found");
  }

  @Test
  void aTokenThatCouldBreakAHeaderIsRefused() {
    wantsToken("t1");
    gives("t1\\r\\nX-Evil: 1");
    assertThatThrownBy(() -> read(bob(), Scope.pull(NAME)))
        .hasMessageContaining("holds no usable token")
        .hasMessageNotContaining("Evil");
  }

  @Test
  void aRefusalIsMappedWithTheRegistrysWords() {
    REGISTRY.stubFor(
        get(TAGS)
            .willReturn(
                aResponse()
                    .withStatus(403)
                    .withBody(
                        "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"permission_denied:"
                            + " read_package\"}]}")));
    assertThatThrownBy(() -> read(transport(Keychain.ANONYMOUS), Scope.pull(NAME)))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("without a login")
        .cause()
        .hasMessageContaining("DENIED: permission_denied: read_package");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'access_token':'t1'}",
        "{'token':'','access_token':'t1'}",
        "{'token':null,'access_token':'t1'}",
        "{'token':7,'access_token':'t1'}",
        "{'token':'t1','access_token':''}",
        "{'token':'t1','expires_in':'300'}",
        "{'token':'t1','expires_in':300.5}",
        "{'token':'t1','expires_in':0}",
        "{'token':'t1','expires_in':-1}",
        "{'token':'t1','expires_in':'soon'}",
        "{'token':'t1','expires_in':null}",
        "{'token':'t1','expires_in':[]}",
        "{'token':'t1','expires_in':1e300,'issued_at':'yesterday'}",
      })
  void aTokenIsFoundWhateverStandsBesideItAndIsKept(String answer) throws Exception {
    wantsToken("t1");
    REGISTRY.stubFor(
        get(urlPathEqualTo("/token")).willReturn(okJson(answer.replace((char) 39, '"'))));
    var transport = bob();

    read(transport, Scope.pull(NAME));
    read(transport, Scope.pull(NAME));

    REGISTRY.verify(1, getRequestedFor(urlPathEqualTo("/token")));
  }

  @Test
  void aRelativeRealmIsTheRegistrysOwn() throws Exception {
    gives("t1");
    REGISTRY.stubFor(
        get(TAGS)
            .willReturn(
                unauthorized()
                    .withHeader("WWW-Authenticate", "Bearer realm=\"/token\",service=\"a|b\"")));
    REGISTRY.stubFor(
        get(TAGS).withHeader("Authorization", equalTo("Bearer t1")).willReturn(okJson("{}")));

    read(bob(), Scope.pull(NAME));

    REGISTRY.verify(
        1,
        getRequestedFor(urlPathEqualTo("/token"))
            .withQueryParam("service", equalTo("a|b"))
            .withHeader("Authorization", equalTo(BOB.basic())));
  }
}
