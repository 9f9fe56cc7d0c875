package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.Certificates;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.fixture.Interop;
import io.github.tugoci.fixture.Program;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.fixture.Skopeo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tug serve} as a process, with users and TLS, as real clients see it. */
class ServeIT {
  private static final String TUG =
      Path.of("target", "tug", "bin", "tug").toAbsolutePath().toString();

  private final Path temp;
  private final List<Process> processes = new ArrayList<>();

  ServeIT(@TempDir Path temp) {
    this.temp = temp;
  }

  @AfterEach
  void stop() throws Exception {
    for (var process : processes) {
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Starts a registry; gives its address. */
  private URI serve(String... options) throws IOException {
    var builder = new ProcessBuilder(TUG, "serve").redirectError(temp.resolve("err").toFile());
    builder.environment().put("HOME", temp.toString());
    builder.command().addAll(List.of(options));
    var process = builder.start();
    processes.add(process);
    var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    var line = out.readLine();
    assertThat(line).as(Files.readString(temp.resolve("err"))).contains(" at http");
    return URI.create(line.substring(line.indexOf("http")));
  }

  private URI serveGuarded(String more) throws Exception {
    Interop.requireProgram("htpasswd");
    var users = temp.resolve("users").toString();
    Program.of("htpasswd", "-Bbc", users, "ada", "s:crèt").run().expectSuccess();
    var options =
        new ArrayList<>(List.of(temp.resolve("registry").toString(), "--htpasswd", users));
    options.addAll(List.of("--tls-cert", Certificates.shared().certificateFile().toString()));
    options.addAll(List.of("--tls-key", Certificates.shared().keyFile().toString()));
    options.addAll(Arrays.stream(more.split(" ")).filter(word -> !word.isEmpty()).toList());
    return serve(options.toArray(String[]::new));
  }

  private Program client(String... command) {
    return Program.of(command)
        .env("HOME", temp.toString())
        .env("DOCKER_CONFIG", temp.resolve("docker").toString())
        .env("SSL_CERT_FILE", Certificates.shared().authorityFile().toString())
        .env("XDG_CACHE_HOME", temp.resolve("cache").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--tokens"})
  void craneLogsInPushesListsAndPulls(String more) throws Exception {
    Interop.requireProgram("crane");
    var images = SampleImages.in(temp.resolve("in")).index("v1", "linux/amd64", "linux/arm64");
    var host = serveGuarded(more).getAuthority();
    var reference = host + "/acme/web:v1";

    assertThat(client("crane", "push", images.layout().toString(), reference).run().exitCode())
        .isNotZero();
    client("crane", "auth", "login", host, "-u", "ada", "--password-stdin")
        .input("s:crèt")
        .run()
        .expectSuccess();
    client("crane", "push", "--index", images.layout().toString(), reference).run().expectSuccess();
    client("crane", "copy", reference, host + "/acme/moved:v1").run().expectSuccess();

    assertThat(client("crane", "catalog", host).run().expectSuccess().lines())
        .containsExactly("acme/moved", "acme/web");
    var out = temp.resolve("out").toString();
    client("crane", "pull", "--format", "oci", host + "/acme/moved:v1", out).run().expectSuccess();
    assertThat(client("crane", "digest", host + "/acme/moved:v1").run().expectSuccess().strip())
        .isEqualTo(client("crane", "digest", reference).run().expectSuccess().strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--tokens"})
  void orasPushesAttachesAndPulls(String more) throws Exception {
    Interop.requireProgram("oras");
    var host = serveGuarded(more).getAuthority();
    Files.writeString(Files.createDirectories(temp.resolve("files")).resolve("a.txt"), "content");
    var reference = host + "/acme/files:v1";

    oras("login", host, "-u", "ada", "--password-stdin").input("s:crèt").run().expectSuccess();
    oras("push", reference, "a.txt").in(temp.resolve("files")).run().expectSuccess();
    oras("attach", "--artifact-type", "text/x", reference, "a.txt")
        .in(temp.resolve("files"))
        .run()
        .expectSuccess();
    oras("cp", "--recursive", "--from-ca-file", authority(), "--to-ca-file", authority())
        .with(reference, host + "/acme/copy:v1")
        .run()
        .expectSuccess();
    oras("pull", host + "/acme/copy:v1", "-o", temp.resolve("out").toString())
        .run()
        .expectSuccess();

    assertThat(temp.resolve("out/a.txt")).hasContent("content");
    assertThat(oras("discover", host + "/acme/copy:v1").run().expectSuccess()).contains("text/x");
    assertThat(oras("repo", "ls", host).run().expectSuccess()).contains("acme/files");
  }

  private static String authority() {
    return Certificates.shared().authorityFile().toString();
  }

  private Program oras(String... arguments) {
    var program = client("oras").with(arguments);
    return arguments[0].equals("cp") ? program : program.with("--ca-file", authority());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--tokens"})
  void skopeoAndTugMoveTheSameBytes(String more) throws Exception {
    var images = SampleImages.in(temp.resolve("in")).image("v1", 3 * SampleImages.MIB);
    var uri = serveGuarded(more);
    var skopeo = Skopeo.at(uri, temp.resolve("home")).as("ada", "s:crèt");

    skopeo.copy(images.reference("v1"), "docker://" + uri.getAuthority() + "/acme/web:v1");
    client(TUG, "copy", uri.getAuthority() + "/acme/web:v1", "oci:" + temp.resolve("out"))
        .with(
            "--username", "ada", "--password-stdin", "--plain-http=false", "--ca-file", authority())
        .input("s:crèt")
        .run()
        .expectSuccess();

    Folders.assertSame(temp.resolve("out/blobs"), temp.resolve("in/blobs"));
  }

  @Test
  void whoeverServesOthersWithoutUsersOrTlsIsWarned() throws Exception {
    serve("--address", "0.0.0.0");

    assertThat(temp.resolve("err"))
        .content()
        .contains("no authentication (--htpasswd): anyone who can reach 0.0.0.0 can read and write")
        .contains("no TLS (--tls-cert, --tls-key)");
  }

  @Test
  void whoeverServesThisMachineOnlyIsNot() throws Exception {
    serve("--address", "127.0.0.1");

    assertThat(temp.resolve("err")).isEmptyFile();
  }
}
