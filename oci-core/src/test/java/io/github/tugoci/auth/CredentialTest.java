package io.github.tugoci.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CredentialTest {
  @Test
  void showsItsSourceButNoSecret() {
    var credentials =
        List.of(
            new Credential.Password("ann", Secrets.SECRET, "GHCR_TOKEN"),
            new Credential.IdentityToken(Secrets.SECRET, "GHCR_TOKEN"),
            new Credential.BearerToken(Secrets.SECRET, "GHCR_TOKEN"));
    assertThat(credentials)
        .allSatisfy(
            credential ->
                assertThat(credential.toString())
                    .contains("GHCR_TOKEN")
                    .doesNotContain(Secrets.SECRET));
  }

  @Test
  void makesTheBasicHeaderOfRfc7617() {
    assertThat(new Credential.Password("test", "123\u00a3", "x").basic())
        .isEqualTo("Basic dGVzdDoxMjPCow==");
  }

  @Test
  void aKeychainOfOneHostKnowsNoOther() throws Exception {
    var credential = new Credential.BearerToken("t", "flag");
    var keychain = Keychain.firstOf(Keychain.ANONYMOUS, Keychain.of("a.example", credential));
    assertThat(keychain.find("a.example", null)).contains(credential);
    assertThat(keychain.find("b.example", null)).isEmpty();
  }
}
