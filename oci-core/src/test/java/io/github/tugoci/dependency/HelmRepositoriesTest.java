package io.github.tugoci.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.error.InvalidYamlException;
import io.github.tugoci.reference.RepositoryName;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Helm's own file says of chart repositories. */
class HelmRepositoriesTest {
  @TempDir private Path temp;

  private HelmRepositories read(String yaml) throws Exception {
    return HelmRepositories.read(Files.writeString(temp.resolve("repositories.yaml"), yaml));
  }

  @Test
  void aNameStandsForItsUrlAndAHostForItsPassword() throws Exception {
    var helm =
        read(
            """
            apiVersion: ""
            repositories:
            - name: stable
              url: https://charts.example.com/stable
              username: ada
              password: secret
            - name: open
              url: https://open.example.com
            - url: https://nameless.example.com
            """);

    assertThat(helm.url("stable")).contains("https://charts.example.com/stable");
    assertThat(helm.url("other")).isEmpty();
    var keychain = helm.keychain();
    assertThat(keychain.find("charts.example.com", null))
        .get()
        .isInstanceOfSatisfying(
            Credential.Password.class, found -> assertThat(found.username()).isEqualTo("ada"));
    assertThat(keychain.find("open.example.com", null)).isEmpty();
    assertThat(keychain.find("charts.example.com", RepositoryName.parse("stable"))).isEmpty();
  }

  @Test
  void aMissingFileHasNone() throws Exception {
    assertThat(HelmRepositories.read(temp.resolve("none.yaml")).url("stable")).isEmpty();
  }

  @Test
  void aMalformedFileIsRefused() {
    assertThatThrownBy(() -> read("repositories: [")).isInstanceOf(InvalidYamlException.class);
    assertThatThrownBy(() -> read("#".repeat((1 << 20) + 1)))
        .isInstanceOf(InvalidYamlException.class)
        .hasMessageContaining("over the limit of 1 MiB");
  }
}
