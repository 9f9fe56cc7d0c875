package io.github.tugoci.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DockerConfigStoreTest {
  private static final String GHCR = "ghcr.io";
  private static final Credential.Password ANN =
      new Credential.Password("ann", Secrets.SECRET, "test");

  private final Path folder;
  private final Path file;
  private final HelperScript scripts;
  private final DockerConfig config;

  DockerConfigStoreTest(@TempDir Path folder) {
    this.folder = folder;
    file = folder.resolve("new/docker/config.json");
    scripts = new HelperScript(folder);
    config = DockerConfig.at(file, scripts.environment(), warning -> {});
  }

  @Test
  void storesWhatItFindsAgain() throws Exception {
    config.store(GHCR, ANN);
    assertThat(config.keychain().find(GHCR, null))
        .contains(new Credential.Password("ann", Secrets.SECRET, file.toString()));
    assertThat(read())
        .isEqualTo(
            Map.of("auths", Map.of(GHCR, Map.of("auth", Secrets.base64("ann:" + Secrets.SECRET)))));
  }

  @Test
  void keepsTheFileFromOthers() throws Exception {
    config.store(GHCR, ANN);
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(permissions(folder.resolve("new"))).isEqualTo("rwx------");
    assertThat(permissions(folder.resolve("new/docker"))).isEqualTo("rwx------");
    assertThat(folder.resolve("new/docker"))
        .isDirectoryContaining(path -> path.equals(file))
        .isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void closesAFileThatWasOpenToOthers() throws Exception {
    write("{}");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    config.store(GHCR, ANN);
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  @Test
  void keepsWhatItDoesNotKnow() throws Exception {
    write(
        """
        {"proxies":{"default":{"noProxy":null}},"big":12345678901234567890,
         "auths":{"a.example":{"auth":"x","email":"e"},"ghcr.io":{"identitytoken":"old"}},
         "credHelpers":{"b.example":"b"}}
        """);
    var expected = new ArrayList<>(read().keySet());
    config.store(GHCR, ANN);
    assertThat(read().keySet()).containsExactlyElementsOf(expected);
    assertThat(Files.readString(file))
        .contains("\"noProxy\" : null", "12345678901234567890", "\"email\" : \"e\"", "\"b\"")
        .doesNotContain("identitytoken");
  }

  @Test
  void storesDockerHubUnderItsOldAddress() throws Exception {
    config.store("docker.io", ANN);
    assertThat(Files.readString(file)).contains("\"https://index.docker.io/v1/\"");
    assertThat(config.keychain().find("registry-1.docker.io", null)).isPresent();
  }

  @Test
  void storesWithTheHelperThatTheConfigNames() throws Exception {
    var all = scripts.writeRecording("all");
    var own = scripts.writeRecording("own");
    write("{\"credsStore\":\"all\",\"credHelpers\":{\"own.example\":\"own\"}}");
    config.store(GHCR, ANN);
    config.store("own.example", ANN);
    assertThat(all).content().contains("store {\"ServerURL\":\"ghcr.io\"").doesNotContain("own");
    assertThat(own).content().contains("store {\"ServerURL\":\"own.example\"");
    assertThat(read()).containsEntry("auths", Map.of(GHCR, Map.of(), "own.example", Map.of()));
    assertThat(Files.readString(file)).doesNotContain(Secrets.base64("ann:" + Secrets.SECRET));
  }

  @Test
  void storesNothingInTheFileIfTheHelperFails() throws Exception {
    var text = "{\"credsStore\":\"broken\"}";
    scripts.write("broken", "exit 1");
    write(text);
    assertThatThrownBy(() -> config.store(GHCR, ANN))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("docker-credential-broken");
    assertThat(file).hasContent(text);
  }

  @Test
  void storesInTheFileIfTheHelperIsntThereAndSomebodyIsTold() throws Exception {
    var told = new ArrayList<String>();
    write("{\"credsStore\":\"lost\"}");
    assertThatThrownBy(() -> DockerConfig.at(file).store(GHCR, ANN))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("docker-credential-lost");

    DockerConfig.at(file, scripts.environment(), told::add).store(GHCR, ANN);

    assertThat(told)
        .containsExactly(
            "docker-credential-lost is not on the PATH; the password is stored in " + file);
    assertThat(config.keychain().find(GHCR, null)).isPresent();
    assertThat(config.erase(GHCR)).isTrue();
    assertThat(config.keychain().find(GHCR, null)).isEmpty();
  }

  @Test
  void leavesABrokenFileAsItIs() throws Exception {
    write("{broken");
    assertThatThrownBy(() -> config.store(GHCR, ANN)).isInstanceOf(AuthenticationException.class);
    assertThatThrownBy(() -> config.erase(GHCR)).isInstanceOf(AuthenticationException.class);
    assertThat(file).hasContent("{broken");
  }

  @Test
  void refusesAUserNameWithAColon() {
    var ambiguous = new Credential.Password("a:b", Secrets.SECRET, "test");
    assertThatThrownBy(() -> config.store(GHCR, ambiguous))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(Secrets::absent);
    assertThat(file).doesNotExist();
  }

  @Test
  void erasesOneHostHoweverItIsSpelt() throws Exception {
    write(
        """
        {"auths":{"ghcr.io":{},"https://ghcr.io/v1/":{},"ghcr.io/acme":{},"b.example":{}},"x":1}
        """);
    assertThat(config.erase(GHCR)).isTrue();
    assertThat(read())
        .isEqualTo(
            Map.of("auths", Map.of("ghcr.io/acme", Map.of(), "b.example", Map.of()), "x", 1));
    assertThat(config.erase(GHCR)).isFalse();
  }

  @Test
  void erasesWithTheHelpers() throws Exception {
    var all = scripts.writeRecording("all");
    scripts.write("own", HelperScript.NOT_FOUND);
    write("{\"credsStore\":\"all\",\"credHelpers\":{\"ghcr.io\":\"own\"}}");
    assertThat(config.erase(GHCR)).isTrue();
    assertThat(all).hasContent("get ghcr.io\nerase ghcr.io");
  }

  @Test
  void erasesNothingWithoutAFile() throws Exception {
    assertThat(config.erase(GHCR)).isFalse();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void writesThroughALink() throws Exception {
    var real = Files.writeString(folder.resolve("real.json"), "{}");
    Files.createDirectories(file.getParent());
    Files.createSymbolicLink(file, real);
    config.store(GHCR, ANN);
    assertThat(file).isSymbolicLink();
    assertThat(real).content().contains(GHCR);
  }

  @Test
  void losesNothingWhenManyWriteAtOnce() throws Exception {
    var tasks = new ArrayList<Callable<String>>();
    for (int i = 0; i < 20; i++) {
      var host = "h" + i + ".example";
      tasks.add(
          () -> {
            DockerConfig.at(file).store(host, ANN);
            return host;
          });
    }
    var threads = Executors.newFixedThreadPool(8);
    try {
      for (var task : threads.invokeAll(tasks)) {
        assertThat(config.keychain().find(task.get(), null)).isPresent();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void waitsForAnotherWriter() throws Exception {
    write("{}");
    var lock = file.resolveSibling("config.json.lock");
    var options = List.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    var writer = new Thread(() -> storeUnchecked());
    try (var channel = FileChannel.open(lock, options.toArray(StandardOpenOption[]::new))) {
      assertThat(channel.lock().isValid()).isTrue();
      writer.start();
      writer.join(300);
      assertThat(file).hasContent("{}");
    }
    writer.join();
    assertThat(file).content().contains(GHCR);
  }

  private void storeUnchecked() {
    try {
      config.store(GHCR, ANN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Map<String, Object> read() throws IOException {
    return Json.parseObject(Files.readAllBytes(file), "config").asMap();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
