package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tug login} and {@code logout}, and where credentials come from. */
class LoginTest {
  private static final String SECRET = "b3-secret";

  private final Path home;

  LoginTest(@TempDir Path home) {
    this.home = home;
  }

  private static EmbeddedRegistry registry(boolean tokens) throws Exception {
    var options = EmbeddedRegistryOptions.builder().user("bob", SECRET);
    return EmbeddedRegistry.start((tokens ? options.tokenAuthentication() : options).build());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLoginIsCheckedStoredUsedAndForgotten(boolean tokens) throws Exception {
    try (var registry = registry(tokens)) {
      var run = Run.in(home).input(SECRET + "\n");
      run.tug("tags", registry.host() + "/x").failed(4);

      var login =
          run.tug("login", registry.host(), "-u", "bob", "--password-stdin", "--format=json").ok();
      var config = home.resolve(".docker/config.json");

      assertThat(login.json().asMap())
          .containsEntry("host", registry.host())
          .containsEntry("username", "bob")
          .containsEntry("store", "~/.docker/config.json");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
          .isEqualTo("rw-------");
      var tags = run.tug("tags", registry.host() + "/x", "-v").failed(3);
      assertThat(tags.err()).contains("bob from ~/.docker/config.json").doesNotContain(SECRET);
      run.tug("logout", registry.host()).ok();
      assertThat(Files.readString(config)).doesNotContain("auth\"");
      run.tug("tags", registry.host() + "/x").failed(4);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWrongPasswordIsNotStoredAndItsSourceTold(boolean tokens) throws Exception {
    try (var registry = registry(tokens)) {
      var run = Run.in(home).input("wrong-" + SECRET);

      var failed = run.tug("login", registry.host(), "-u", "bob", "--password-stdin", "-vv");

      assertThat(failed.failed(4).err()).contains("--password-stdin").doesNotContain(SECRET);
      assertThat(home.resolve(".docker")).doesNotExist();
    }
  }

  @Test
  void aRefusedPasswordIsToldWithItsSource() throws Exception {
    try (var registry = registry(true)) {
      var run =
          Run.in(home)
              .variable("TUG_REGISTRY", registry.host())
              .variable("TUG_USERNAME", "bob")
              .variable("TUG_PASSWORD", "wrong-" + SECRET);

      var failed = run.tug("tags", registry.host() + "/x").failed(4);

      assertThat(failed.err()).contains("TUG_PASSWORD").doesNotContain(SECRET);
    }
  }

  @Test
  void aUserCanBeGivenForOneCommand() throws Exception {
    try (var registry = registry(true)) {
      var run = Run.in(home).input(SECRET);

      run.tug("tags", registry.host() + "/x", "-u", "bob", "--password-stdin").failed(3);
      assertThat(
              run.tug("copy", "a.example/x", registry.host() + "/x", "-u=bob", "--password-stdin")
                  .failed(2)
                  .err())
          .contains("--username is for one registry");
    }
  }

  @Test
  void anotherFileCanBeNamed() throws Exception {
    try (var registry = registry(true)) {
      var run = Run.in(home).input(SECRET);
      var file = home.resolve("elsewhere/auth.json");

      run.tug("login", registry.host(), "-u=bob", "--password-stdin", "--registry-config", file)
          .ok();

      assertThat(file).exists();
      run.tug("tags", registry.host() + "/x").failed(4);
      run.tug("tags", registry.host() + "/x", "--registry-config", file).failed(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"credsStore\":\"gone\"}", "{\"credHelpers\":{\"HOST\":\"gone\"}}"})
  void aHelperThatIsntThereLeavesThePasswordToTheFile(String config) throws Exception {
    try (var registry = registry(true)) {
      var file = home.resolve(".docker/config.json");
      Files.createDirectories(file.getParent());
      Files.writeString(file, config.replace("HOST", registry.host()));
      var run = Run.in(home).input(SECRET).variable("PATH", home.toString());

      var login = run.tug("login", registry.host(), "-u=bob", "--password-stdin").ok();

      assertThat(login.err())
          .isEqualTo(
              "warning: docker-credential-gone is not on the PATH; the password is stored in"
                  + " ~/.docker/config.json\n");
      assertThat(login.out()).contains("(~/.docker/config.json)");
      assertThat(Files.readString(file)).contains("gone", "\"auth\"");
      run.tug("tags", registry.host() + "/x").failed(3);
      assertThat(run.tug("logout", registry.host()).ok().err()).contains("isn't forgotten");
      run.tug("tags", registry.host() + "/x").failed(4);
    }
  }

  @Test
  void whatIsMissingOrTooMuchIsTold() {
    var run = Run.in(home);

    assertThat(run.tug("login", "ghcr.io", "-u=bob").failed(2).err()).contains("--password-stdin");
    assertThat(run.tug("login", "ghcr.io").failed(2).err()).contains("add --username NAME");
    assertThat(run.tug("login", "https://ghcr.io/acme").failed(2).err())
        .contains("write ghcr.io alone");
    assertThat(run.tug("logout", "ghcr.io").ok().out()).startsWith("Not logged in to ghcr.io");
  }
}
