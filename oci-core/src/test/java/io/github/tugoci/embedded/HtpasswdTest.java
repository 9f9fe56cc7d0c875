package io.github.tugoci.embedded;

import static io.github.tugoci.embedded.TestRegistry.basic;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users from a file of Apache's htpasswd. */
class HtpasswdTest {
  // htpasswd -nbB ada secret
  private static final String ADA =
      "ada:$2y$05$ychHK6mMfxBJvl2NkN5XD.yutP7m4zRMrARxJeU5SrhPqPscWiSNm";

  private final Path file;

  HtpasswdTest(@TempDir Path folder) {
    file = folder.resolve("users");
  }

  private Path write(String... lines) throws IOException {
    return Files.write(file, List.of(lines));
  }

  private static String hash(String user, String version, String password) {
    var salt = "0123456789abcdef".getBytes(UTF_8);
    return user + ":" + OpenBSDBCrypt.generate(version, password.toCharArray(), salt, 4);
  }

  private TestRegistry registry() {
    return TestRegistry.with(
        options -> {
          try {
            return options.htpasswd(file);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void aUserOfTheFileMayDoEverything() throws Exception {
    write("# users", "", ADA, hash("bob", "2b", "other"));
    try (var registry = registry()) {
      var ada = basic("ada", "secret");
      registry.get("/v2/", "Authorization", ada).expect(200);
      registry.send("POST", "/v2/acme/web/blobs/uploads/", "Authorization", ada).expect(202);
      registry.get("/v2/", "Authorization", basic("bob", "other")).expect(200);
    }
  }

  @Test
  void othersMayDoNothing() throws Exception {
    write(ADA, hash("bob", "2a", "other"));
    try (var registry = registry()) {
      registry.get("/v2/").expect(401);
      // right, then wrong: what was right once isn't remembered for another password
      registry.get("/v2/", "Authorization", basic("ada", "secret")).expect(200);
      for (var wrong :
          List.of(
              basic("ada", "Secret"),
              basic("ada", ""),
              basic("ada", "secret\0more"),
              basic("ada", "other"),
              basic("bob", "secret"),
              basic("eve", "secret"))) {
        registry.get("/v2/", "Authorization", wrong).expectError(401, "UNAUTHORIZED");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"p:w", "grüße", "€", " blank "})
  void anyPasswordIsGood(String password) throws Exception {
    write(hash("ada", "2y", password));
    var ada = Objects.requireNonNull(Htpasswd.read(file).get("ada"));
    assertThat(ada.test(password)).isTrue();
    assertThat(ada.test(password + "x")).isFalse();
  }

  @Test
  void aLongPasswordCountsAsFarAsBcryptReadsIt() throws Exception {
    write(hash("ada", "2y", "x".repeat(72)));
    var ada = Objects.requireNonNull(Htpasswd.read(file).get("ada"));
    assertThat(ada.test("x".repeat(72) + "yz")).isTrue();
    assertThat(ada.test("x".repeat(71))).isFalse();
  }

  @Test
  void tokensAreGivenToItsUsers() throws Exception {
    write(ADA);
    try (var registry =
        TestRegistry.with(
            options -> {
              try {
                return options.htpasswd(file).tokenAuthentication();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })) {
      var asked =
          registry.get(
              "/token?scope=repository:acme/web:push", "Authorization", basic("ada", "secret"));
      var bearer = "Bearer " + asked.expect(200).json().requiredString("token");
      registry.send("POST", "/v2/acme/web/blobs/uploads/", "Authorization", bearer).expect(202);
      registry.get("/token", "Authorization", basic("ada", "wrong")).expect(401);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "eve:$apr1$9Ct8XBJn$5CK9B0nXRdMgVXtrqTJKF0, MD5",
    "eve:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=, SHA-1",
    "eve:$6$salt$hash, SHA-2",
    "eve:rl.3StKT.4T8M, plain password or a crypt hash",
    "eve:$2y$05$short, malformed bcrypt",
    "eve:, plain password or a crypt hash",
    "eve, USER:HASH",
    ":$2y$05$x, USER:HASH",
  })
  void whatIsNoBcryptIsRefusedByLineAndKind(String line, String told) throws Exception {
    write(ADA, line);
    assertThatThrownBy(() -> Htpasswd.read(file))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(file + ":2: ")
        .hasMessageContaining(told)
        .hasMessageNotContaining("5CK9B0nXRdMgVXtrqTJKF0");
  }

  @Test
  void aFileThatGivesNobodyAccessIsRefused() throws Exception {
    write("# nobody");
    assertThatThrownBy(() -> Htpasswd.read(file)).hasMessageContaining("no users");
    write(ADA, ADA);
    assertThatThrownBy(() -> Htpasswd.read(file)).hasMessageContaining("duplicate user \"ada\"");
    write(ADA.replace("$05$", "$31$"));
    assertThatThrownBy(() -> Htpasswd.read(file)).hasMessageContaining("cost 31");
    Files.write(file, new byte[] {'a', (byte) 0xff, ':'});
    assertThatThrownBy(() -> Htpasswd.read(file)).hasMessageContaining("not UTF-8");
    Files.delete(file);
    assertThatThrownBy(() -> Htpasswd.read(file)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aRightPasswordIsHashedOnceAndAWrongOneEachTime() {
    var hashed = new ArrayList<String>();
    var passwords =
        new Passwords(
            Map.of(
                "ada",
                password -> {
                  hashed.add(password);
                  return password.equals("right");
                }));
    for (var password : List.of("right", "right", "wrong", "wrong", "right")) {
      assertThat(passwords.verify("ada", password)).isEqualTo(password.equals("right"));
    }
    assertThat(passwords.verify("eve", "right")).isFalse();
    assertThat(hashed).containsExactly("right", "wrong", "wrong", "right");
  }
}
