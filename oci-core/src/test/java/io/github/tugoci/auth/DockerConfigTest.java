package io.github.tugoci.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerConfigTest {
  private static final String GHCR = "ghcr.io";

  private final Path file;
  private final HelperScript scripts;
  private final List<String> warnings = new ArrayList<>();
  private final DockerConfig config;

  DockerConfigTest(@TempDir Path folder) {
    file = folder.resolve("config.json");
    scripts = new HelperScript(folder);
    config = DockerConfig.at(file, scripts.environment(), warnings::add);
  }

  @ParameterizedTest
  @CsvSource({
    "ghcr.io, ghcr.io",
    "https://ghcr.io, ghcr.io",
    "http://ghcr.io/, ghcr.io",
    "https://ghcr.io/v1/, ghcr.io",
    "HTTPS://GHCR.io/v2, ghcr.io",
    "localhost:5000, localhost:5000",
    "[::1]:5000, [::1]:5000",
    "https://index.docker.io/v1/, docker.io",
    "https://index.docker.io/v1/, registry-1.docker.io",
    "docker.io, index.docker.io",
    "registry-1.docker.io, docker.io",
  })
  void findsAHostByItsKey(String key, String host) throws Exception {
    write(auths(entry(key, "ann")));
    assertThat(user(host, null)).isEqualTo("ann");
    assertThat(user(host, "acme/app")).isEqualTo("ann");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ghcr.io.evil.example",
        "evil-ghcr.io",
        "hcr.io",
        "ghcr.io:443",
        "ghcr",
        "https://evil.example/ghcr.io",
        "https://user@ghcr.io",
        "ghcr.io?",
        "",
        "https://",
      })
  void comparesWholeHosts(String key) throws Exception {
    write(auths(entry(key, "ann")));
    assertThat(user(GHCR, "acme/app")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "acme/app, app",
    "acme/app/sub, app",
    "acme/application, acme",
    "acme/other, acme",
    "acmes/app, host",
    ", host",
  })
  void takesTheMostSpecificPath(String repository, String expected) throws Exception {
    write(
        auths(
            entry("https://ghcr.io/v1/", "spelt otherwise"),
            entry("ghcr.io/acme", "acme"),
            entry("ghcr.io", "host"),
            entry("ghcr.io/acme/app", "app"),
            entry("docker.io/acme/app", "hub")));
    assertThat(user(GHCR, repository)).isEqualTo(expected);
  }

  @Test
  void givesAPathsCredentialToNoOtherRepository() throws Exception {
    write(auths(entry("ghcr.io/acme/app", "ann")));
    assertThat(user(GHCR, "acme")).isEmpty();
    assertThat(user(GHCR, null)).isEmpty();
  }

  @Test
  void passesOverAnEmptyEntry() throws Exception {
    write(auths("\"ghcr.io\":{}", entry("https://ghcr.io", "ann")));
    assertThat(user(GHCR, null)).isEqualTo("ann");
  }

  @ParameterizedTest
  @CsvSource({"user:pa:ss:, user, pa:ss:", ":p, '', p", "user:, user, ''", "ü:ß, ü, ß"})
  void splitsTheNameFromThePasswordAtTheFirstColon(String pair, String username, String password)
      throws Exception {
    write(auths("\"ghcr.io\":{\"auth\":\"" + Secrets.base64(pair) + "\"}"));
    assertThat(config.keychain().find(GHCR, null))
        .contains(new Credential.Password(username, password, file.toString()));
  }

  @Test
  void readsBase64WithLineBreaksAndTrailingZeros() throws Exception {
    var auth = Secrets.base64("ann:pw\u0000\u0000");
    write(
        auths(
            "\"ghcr.io\":{\"auth\":\"" + auth.substring(0, 4) + "\\n" + auth.substring(4) + "\"}"));
    assertThat(config.keychain().find(GHCR, null))
        .contains(new Credential.Password("ann", "pw", file.toString()));
  }

  @Test
  void readsTokensBeforePasswords() throws Exception {
    var auth = "\"auth\":\"" + Secrets.base64("ann:pw") + "\"";
    write(
        auths(
            "\"a.example\":{" + auth + ",\"identitytoken\":\"i\"}",
            "\"b.example\":{" + auth + ",\"identitytoken\":\"i\",\"registrytoken\":\"r\"}",
            "\"c.example\":{\"username\":\"ann\",\"password\":\"pw\"}"));
    var keychain = config.keychain();
    var source = file.toString();
    assertThat(keychain.find("a.example", null))
        .contains(new Credential.IdentityToken("i", source));
    assertThat(keychain.find("b.example", null)).contains(new Credential.BearerToken("r", source));
    assertThat(keychain.find("c.example", null))
        .contains(new Credential.Password("ann", "pw", source));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "{}", "{\"auths\":{}}", "{\"auths\":null,\"x\":[1]}"})
  void findsNothingInAFileWithoutEntries(String text) throws Exception {
    write(text);
    assertThat(user(GHCR, null)).isEmpty();
  }

  @Test
  void findsNothingWithoutAFile() throws Exception {
    assertThat(user(GHCR, null)).isEmpty();
    assertThat(file.getParent()).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"auths\":{\"ghcr.io\":{\"auth\":hunter2}}}",
        "{\"auths\":{\"ghcr.io\":{\"auth\":\"hunter2\"}}}",
        "{\"auths\":{\"ghcr.io\":{\"auth\":\"aHVudGVyMg==\"}}}",
        "{\"auths\":{\"ghcr.io\":{\"auth\":[\"hunter2\"]}}}",
        "{\"auths\":{\"ghcr.io\":\"hunter2\"}}",
        "{\"auths\":[\"hunter2\"]}",
        "{\"credsStore\":{\"a\":\"hunter2\"}}",
        "{\"credHelpers\":{\"ghcr.io\":[\"hunter2\"]}}",
        "[\"hunter2\"]",
        "hunter2",
        "{} hunter2",
        "{\"hunter2",
      })
  void namesABrokenFileAndQuotesNothing(String text) throws Exception {
    write(text);
    assertThatThrownBy(() -> config.keychain().find(GHCR, null))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining(file.toString())
        .satisfies(Secrets::absent);
  }

  @Test
  void passesOverAnotherHostsBrokenEntry() throws Exception {
    write(auths("\"a.example\":{\"auth\":\"?\"}", entry("ghcr.io", "ann")));
    assertThat(user(GHCR, null)).isEqualTo("ann");
  }

  @Test
  void refusesAFileThatIsTooLargeOrADirectory() throws Exception {
    write("{}" + " ".repeat((1 << 20) - 2));
    assertThat(config.keychain().find(GHCR, null)).isEmpty();
    write("{}" + " ".repeat((1 << 20) - 1));
    assertThatThrownBy(() -> config.keychain().find(GHCR, null))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining(file + " is larger than");
    Files.delete(file);
    Files.createDirectory(file);
    assertThatThrownBy(() -> config.keychain().find(GHCR, null))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining(file + " is a directory");
  }

  @Test
  void asksTheHostsHelperThenTheStoreThenTheEntries() throws Exception {
    scripts.writeAnswering("own", "own.example", "from own", "s");
    scripts.writeAnswering("all", "all.example", "from all", "s");
    write(
        """
        {"credHelpers":{"own.example":"own","all.example":"own","file.example":"own"},
         "credsStore":"all",
         "auths":{%s,%s,%s}}
        """
            .formatted(
                entry("own.example", "file"),
                entry("all.example", "file"),
                entry("file.example", "file")));
    assertThat(user("own.example", null)).isEqualTo("from own");
    assertThat(user("all.example", null)).isEqualTo("from all");
    assertThat(user("file.example", null)).isEqualTo("file");
    assertThat(warnings).isEmpty();
  }

  @Test
  void asksAHelperForDockerHubByItsOldAddress() throws Exception {
    scripts.writeAnswering("x", "https://index.docker.io/v1/", "ann", "s");
    write("{\"credsStore\":\"x\"}");
    assertThat(user("docker.io", "library/alpine")).isEqualTo("ann");
  }

  @Test
  void warnsOfAFailedHelperAndGoesOn() throws Exception {
    write("{\"credsStore\":\"lost\",\"auths\":{" + entry("ghcr.io", "ann") + "}}");
    assertThat(user(GHCR, null)).isEqualTo("ann");
    assertThat(warnings)
        .containsExactly("docker-credential-lost is not on the PATH; going on without it");
  }

  @Test
  void failsWithTheHelperWhereNobodyHearsWarnings() throws Exception {
    write("{\"credsStore\":\"lost\"}");
    assertThatThrownBy(() -> DockerConfig.at(file).keychain().find(GHCR, null))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("docker-credential-lost");
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  private static String auths(String... entries) {
    return "{\"auths\":{" + String.join(",", entries) + "}}";
  }

  private static String entry(String key, String username) {
    return "\"%s\":{\"auth\":\"%s\"}".formatted(key, Secrets.base64(username + ":pw"));
  }

  /** Whose credential is found; empty if there is none. */
  private String user(String host, @Nullable String repository) throws IOException {
    var name = repository == null ? null : RepositoryName.parse(repository);
    return config
        .keychain()
        .find(host, name)
        .map(credential -> ((Credential.Password) credential).username())
        .orElse("");
  }
}
