package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.RepositoryName;
import io.github.tugoci.text.SentSecrets;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a token server is asked, and what becomes of its refusals. */
class TokenClientTest {
  private static final Scope PULL = Scope.pull(new RepositoryName("a/b"));
  private static final Scope PUSH = Scope.push(new RepositoryName("c"));
  private static final Credential BOB = new Credential.Password("bob", "builder", "the test");
  private static final Credential IDENTITY =
      new Credential.IdentityToken("refresh me+now", "the test");

  private final HttpExecutor connections = new HttpExecutor(TransportOptions.defaults());
  private final ToldServer server;

  TokenClientTest() throws IOException {
    server = new ToldServer();
  }

  @AfterEach
  void close() {
    connections.close();
    server.close();
  }

  private String fetch(
      String realm, @Nullable String service, @Nullable Credential credential, Scope... scopes)
      throws IOException {
    var uri = URI.create("http://" + server.host() + realm);
    return new TokenClient("registry", uri, service)
        .fetch(new Redirects(connections), List.of(scopes), credential)
        .authorization();
  }

  private void givesToken() {
    server.answer("/token", 200, "{\"token\":\"t1\"}");
  }

  @Test
  void aPasswordIsSentWithAGet() throws Exception {
    givesToken();

    assertThat(fetch("/token", "a b", BOB, PULL, PUSH)).isEqualTo("Bearer t1");
    assertThat(server.requests)
        .containsExactly(
            "GET /token?service=a+b&scope=repository%3Aa%2Fb%3Apull"
                + "&scope=repository%3Ac%3Apull%2Cpush Basic Ym9iOmJ1aWxkZXI=");
  }

  @ParameterizedTest
  @CsvSource({
    "/token, , /token",
    "/token#part, s, /token?service=s",
    "/token?x=%20y, s, /token?x=%20y&service=s",
    "/token?x=y#part, , /token?x=y",
  })
  void theRealmsOwnQueryStaysAndItsFragmentDoesNot(String realm, String service, String asked)
      throws Exception {
    givesToken();
    fetch(realm, service, null);

    assertThat(server.requests).containsExactly("GET " + asked);
  }

  @Test
  void aRefreshTokenIsPostedAndHiddenFromThen() throws Exception {
    givesToken();

    assertThat(fetch("/token", "s/t", IDENTITY, PULL, PUSH)).isEqualTo("Bearer t1");
    assertThat(fetch("/token", null, IDENTITY)).isEqualTo("Bearer t1");
    assertThat(server.requests)
        .containsExactly(
            "POST /token grant_type=refresh_token&client_id=tug&service=s%2Ft"
                + "&scope=repository%3Aa%2Fb%3Apull+repository%3Ac%3Apull%2Cpush"
                + "&refresh_token=refresh+me%2Bnow",
            "POST /token grant_type=refresh_token&client_id=tug&refresh_token=refresh+me%2Bnow");
    assertThat(SentSecrets.hide("got refresh me+now")).isEqualTo("got …");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405})
  void whereNoRefreshTokenIsTakenNobodyAsks(int status) throws Exception {
    server.answer("/token", status, "").answer("/token", 200, "{\"token\":\"t1\"}");

    assertThat(fetch("/token", null, IDENTITY)).isEqualTo("Bearer t1");
    assertThat(server.requests).hasSize(2).last().isEqualTo("GET /token");
  }

  @Test
  void aRefreshTokenIsNotSentElsewhere() {
    server.answer("/token", 307, "", "Location", "/other");

    assertThatThrownBy(() -> fetch("/token", null, IDENTITY))
        .isInstanceOfSatisfying(
            RegistryException.class, answer -> assertThat(answer.status()).isEqualTo(307));
    assertThat(server.requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403})
  void aRefusalNamesTheCredential(int status) {
    server.answer("/token", status, "");

    assertThatThrownBy(() -> fetch("/token", null, BOB))
        .isInstanceOf(AuthenticationException.class)
        .hasMessage("registry refuses the " + BOB)
        .hasCauseInstanceOf(RegistryException.class);
    assertThatThrownBy(() -> fetch("/token", null, IDENTITY))
        .isInstanceOf(AuthenticationException.class)
        .hasMessage("registry refuses the " + IDENTITY);
    assertThatThrownBy(() -> fetch("/token", null, null))
        .isInstanceOf(AuthenticationException.class)
        .hasMessage("registry gives no token without a login");
  }

  @ParameterizedTest
  @CsvSource({"429,", "500,", "404,", "400, 1", "401, 1", "403, 1"})
  void otherAnswersAreNoRefusal(int status, String retryAfter) {
    if (retryAfter == null) {
      server.answer("/token", status, "");
    } else {
      server.answer("/token", status, "", "Retry-After", retryAfter);
    }

    assertThatThrownBy(() -> fetch("/token", null, BOB))
        .isInstanceOfSatisfying(
            RegistryException.class, answer -> assertThat(answer.status()).isEqualTo(status));
  }
}
