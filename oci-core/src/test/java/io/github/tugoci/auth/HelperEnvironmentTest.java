package io.github.tugoci.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A helper gets what it needs, and no other program's secrets. */
class HelperEnvironmentTest {
  private static final Map<String, String> MINE =
      Map.of(
          "TUG_PASSWORD", "hunter2",
          "GHCR_TOKEN", "hunter2",
          "GITHUB_TOKEN", "hunter2",
          "DOCKER_AUTH_CONFIG", "hunter2",
          "AWS_SECRET_ACCESS_KEY", "hunter2",
          "VAULT_TOKEN", "mine",
          "HOME", "/home/ann",
          "LC_ALL", "C.UTF-8",
          "https_proxy", "http://proxy:3128");

  @Test
  void aHelperSeesNoSecretOfOthers(@TempDir Path folder) throws Exception {
    var scripts = new HelperScript(folder);
    var seen = folder.resolve("seen");
    scripts.write("x", "env > '" + seen + "'; echo '{\"Username\":\"u\",\"Secret\":\"s\"}'");
    var environment = new HashMap<>(MINE);
    environment.putAll(scripts.environment());
    var helper = new CredentialHelper("x", environment, Duration.ofSeconds(20));

    assertThat(helper.find("host")).isPresent();
    assertThat(Files.readString(seen))
        .doesNotContain("hunter2", "VAULT_TOKEN")
        .contains("HOME=/home/ann", "LC_ALL=C.UTF-8", "https_proxy=http://proxy:3128");
  }

  @Test
  void aCloudsHelperGetsItsCloudsVariables() {
    assertThat(HelperEnvironment.of("ecr-login", MINE))
        .containsKey("AWS_SECRET_ACCESS_KEY")
        .doesNotContainKeys("GITHUB_TOKEN", "TUG_PASSWORD");
    assertThat(HelperEnvironment.of("gcloud", MINE)).doesNotContainKey("AWS_SECRET_ACCESS_KEY");
  }

  @Test
  void aUsersOwnHelperGetsWhatIsNamed() {
    var environment = new HashMap<>(MINE);
    environment.put("TUG_HELPER_ENV", "VAULT_ADDR,VAULT_TOKEN");
    assertThat(HelperEnvironment.of("vault", environment))
        .containsEntry("VAULT_TOKEN", "mine")
        .doesNotContainKey("GHCR_TOKEN");
  }
}
