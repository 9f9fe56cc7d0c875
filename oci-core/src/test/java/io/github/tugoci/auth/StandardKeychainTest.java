package io.github.tugoci.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.AuthenticationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandardKeychainTest {
  private static final String GHCR = "ghcr.io";

  private final Path home;
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();

  StandardKeychainTest(@TempDir Path home) {
    this.home = home;
  }

  /** Each step takes the source away that counted, and so uncovers the next one. */
  @Test
  void asksTheSourcesInOrder() throws Exception {
    set("TUG_USERNAME", "ann", "TUG_PASSWORD", "p", "DOCKER_AUTH_CONFIG", config());
    set("REGISTRY_AUTH_FILE", file("auth.json"));
    set("XDG_RUNTIME_DIR", home.resolve("run").toString());
    set("XDG_CONFIG_HOME", home.resolve("xdg").toString());
    set("DOCKER_CONFIG", home.resolve("docker").toString());
    set("GHCR_USERNAME", "bob", "GHCR_TOKEN", "g", "GITHUB_ACTOR", "cy", "GITHUB_TOKEN", "t");
    file("run/containers/auth.json");
    file("xdg/containers/auth.json");
    file("docker/config.json");
    file("xdg/helm/registry/config.json");

    takeAway("TUG_PASSWORD", "TUG_PASSWORD");
    takeAway("DOCKER_AUTH_CONFIG", "DOCKER_AUTH_CONFIG");
    takeAway("~/auth.json", "REGISTRY_AUTH_FILE");
    takeAway("~/run/containers/auth.json", "XDG_RUNTIME_DIR");
    deleteFile("~/xdg/containers/auth.json");
    takeAway("~/docker/config.json", "DOCKER_CONFIG");
    takeAway("~/xdg/helm/registry/config.json", "XDG_CONFIG_HOME");
    takeAway("GHCR_TOKEN", "GHCR_TOKEN");
    takeAway("GITHUB_TOKEN", "GITHUB_TOKEN");
    assertThat(keychain().find(GHCR, null)).isEmpty();
  }

  @Test
  void knowsTheFilesBelowHome() throws Exception {
    file(".config/containers/auth.json");
    file(".docker/config.json");
    file("Library/Preferences/helm/registry/config.json");
    file(".config/helm/registry/config.json");
    deleteFile("~/.config/containers/auth.json");
    deleteFile("~/.docker/config.json");
    deleteFile("~/Library/Preferences/helm/registry/config.json");
    deleteFile("~/.config/helm/registry/config.json");
    assertThat(keychain().find(GHCR, null)).isEmpty();
  }

  @Test
  void findsHelmsFileWhereItsVariablesSay() throws Exception {
    set("HELM_REGISTRY_CONFIG", file("own.json"));
    set("HELM_CONFIG_HOME", home.resolve("helm").toString());
    set("APPDATA", home.resolve("AppData").toString());
    file("helm/registry/config.json");
    file("AppData/helm/registry/config.json");
    takeAway("~/own.json", "HELM_REGISTRY_CONFIG");
    takeAway("~/helm/registry/config.json", "HELM_CONFIG_HOME");
    takeAway("~/AppData/helm/registry/config.json", "APPDATA");
  }

  @Test
  void givesThePairToItsHostOnly() throws Exception {
    set("TUG_USERNAME", "ann", "TUG_PASSWORD", "p");
    assertThat(keychain().find(GHCR, null))
        .contains(new Credential.Password("ann", "p", "TUG_PASSWORD"));
    assertThat(keychain().find("a.example", null)).isEmpty();
    set("TUG_REGISTRY", "https://A.example/");
    assertThat(keychain().find("a.example", null)).isPresent();
    assertThat(keychain().find(GHCR, null)).isEmpty();
    assertThat(keychain().find("a.example:8080", null)).isEmpty();
  }

  @Test
  void givesGithubsTokensToGhcrOnly() throws Exception {
    set("GHCR_TOKEN", "g", "GITHUB_ACTOR", "cy", "GITHUB_TOKEN", "t");
    assertThat(keychain().find(GHCR, null))
        .contains(new Credential.Password("cy", "g", "GHCR_TOKEN"));
    for (var host :
        List.of("ghcr.io:443", "ghcr.io.evil.example", "docker.ghcr.io", "github.com")) {
      assertThat(keychain().find(host, null)).as(host).isEmpty();
    }
  }

  @Test
  void warnsOfHalfAPair() throws Exception {
    set("TUG_PASSWORD", "p", "GHCR_TOKEN", "g", "GITHUB_TOKEN", "t", "GITHUB_ACTOR", "");
    assertThat(keychain().find(GHCR, null)).isEmpty();
    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0)).contains("TUG_USERNAME");
    assertThat(warnings.get(1)).contains("GHCR_USERNAME", "GITHUB_ACTOR");
  }

  @Test
  void dropsALineBreakAtAnEnd() throws Exception {
    set("TUG_USERNAME", "ann", "TUG_PASSWORD", " p \r\n");
    assertThat(keychain().find(GHCR, null))
        .contains(new Credential.Password("ann", " p ", "TUG_PASSWORD"));
  }

  @Test
  void readsNoFileBeforeItIsAskedNorAfterTheFirstFind() throws Exception {
    Files.writeString(Path.of(file(".docker/config.json")), "broken");
    var keychain = keychain();
    set("DOCKER_AUTH_CONFIG", config());
    assertThat(keychain().find(GHCR, null)).isPresent();
    assertThatThrownBy(() -> keychain.find(GHCR, null))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("~/.docker/config.json");
    file(".docker/config.json");
    assertThat(keychain.find(GHCR, null)).isPresent();
  }

  @Test
  void namesABrokenVariable() {
    set("DOCKER_AUTH_CONFIG", Secrets.SECRET);
    assertThatThrownBy(() -> keychain().find(GHCR, null))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("DOCKER_AUTH_CONFIG")
        .satisfies(Secrets::absent);
  }

  @Test
  void findsHelpersOnTheGivenPathAndWarnsOfTheirFailure() throws Exception {
    var scripts = new HelperScript(home);
    scripts.writeAnswering("x", GHCR, "ann", "s");
    environment.putAll(scripts.environment());
    set("DOCKER_AUTH_CONFIG", "{\"credsStore\":\"x\"}");
    assertThat(keychain().find(GHCR, null))
        .contains(new Credential.Password("ann", "s", "docker-credential-x"));
    scripts.write("x", "exit 2");
    assertThat(keychain().find(GHCR, null)).isEmpty();
    assertThat(warnings).singleElement().asString().contains("docker-credential-x get failed");
  }

  @Test
  void storesALoginWhereDockerDoes() throws Exception {
    var login = StandardKeychain.loginFile(environment, home, warnings::add);
    assertThat(login.file()).isEqualTo(home.resolve(".docker/config.json"));
    login.store(GHCR, new Credential.Password("ann", "p", "prompt"));
    assertThat(keychain().find(GHCR, null))
        .get()
        .extracting(Credential::source)
        .isEqualTo("~/.docker/config.json");
    set("DOCKER_CONFIG", "/elsewhere");
    assertThat(StandardKeychain.loginFile(environment, home, warnings::add).file())
        .isEqualTo(Path.of("/elsewhere/config.json"));
  }

  private Keychain keychain() {
    return StandardKeychain.of(environment, home, warnings::add);
  }

  private void set(String... namesAndValues) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      environment.put(namesAndValues[i], namesAndValues[i + 1]);
    }
  }

  private void takeAway(String source, String variable) throws IOException {
    assertFound(source);
    environment.remove(variable);
  }

  private void deleteFile(String source) throws IOException {
    assertFound(source);
    Files.delete(home.resolve(source.substring(2)));
  }

  private void assertFound(String source) throws IOException {
    assertThat(keychain().find(GHCR, null)).get().extracting(Credential::source).isEqualTo(source);
  }

  private static String config() {
    return "{\"auths\":{\"ghcr.io\":{\"auth\":\"" + Secrets.base64("u:p") + "\"}}}";
  }

  /** A config file with a credential for ghcr.io. */
  private String file(String name) throws IOException {
    var file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, config()).toString();
  }
}
