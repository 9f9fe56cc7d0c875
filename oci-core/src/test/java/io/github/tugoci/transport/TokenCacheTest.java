package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which tokens are kept, for whom, and which are forgotten. */
class TokenCacheTest {
  private static final Optional<Credential> NOBODY = Optional.empty();
  private static final Optional<Credential> BOB =
      Optional.of(new Credential.Password("bob", "builder", "the test"));

  private final HttpExecutor connections = new HttpExecutor(TransportOptions.defaults());
  private final TokenCache tokens = new TokenCache(new Redirects(connections));
  private final ToldServer server;
  private final TokenClient client;

  TokenCacheTest() throws IOException {
    server = new ToldServer();
    client = new TokenClient("registry", URI.create("http://" + server.host() + "/token"), null);
  }

  @AfterEach
  void close() {
    connections.close();
    server.close();
  }

  private ToldServer gives(String token) {
    return server.answer("/token", 200, "{\"token\":\"" + token + "\"}");
  }

  private static Scope pull(String repository) {
    return Scope.pull(new RepositoryName(repository));
  }

  private static Scope push(String repository) {
    return Scope.push(new RepositoryName(repository));
  }

  private String get(Optional<Credential> credential, Scope... scopes) throws IOException {
    return tokens.get(client, List.of(scopes), credential).value();
  }

  @Test
  void aTokenServesItsCredentialForWhatItCovers() throws Exception {
    gives("t1");
    gives("t2");
    gives("t3");

    assertThat(get(BOB, push("a"))).isEqualTo("t1");
    assertThat(get(BOB, pull("a"))).isEqualTo("t1");
    assertThat(get(BOB, pull("b"))).isEqualTo("t2");
    assertThat(get(NOBODY, pull("a"))).isEqualTo("t3");
    assertThat(get(NOBODY, pull("a"))).isEqualTo("t3");
    assertThat(server.requests).hasSize(3);
    assertThat(tokens.size()).isEqualTo(3);
  }

  @Test
  void aTokenThatWasRefusedIsForgottenWhosesoeverItIs() throws Exception {
    gives("t1");
    gives("t2");
    gives("t3");
    get(NOBODY, pull("a"));
    get(BOB, pull("a"));

    assertThat(tokens.forget("Bearer t1")).isTrue();
    assertThat(tokens.forget("Bearer t1")).isFalse();
    assertThat(tokens.forget("Basic t2")).isFalse();
    assertThat(tokens.find(List.of(pull("a")), NOBODY)).isEmpty();
    assertThat(tokens.find(List.of(pull("a")), BOB)).isPresent();
    assertThat(get(NOBODY, pull("a"))).isEqualTo("t3");
  }
}
