package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.Program;
import io.github.tugoci.fixture.SampleCharts;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as it is built: through its launcher, as a process. */
class LauncherIT {
  private static final String TUG =
      Path.of("target", "tug", "bin", "tug").toAbsolutePath().toString();

  private final Path temp;

  LauncherIT(@TempDir Path temp) {
    this.temp = temp;
  }

  private Program tug(String... args) {
    return Program.of(TUG)
        .with(args)
        .in(temp)
        .env("HOME", temp.toString())
        .env("XDG_CACHE_HOME", temp.resolve("cache").toString());
  }

  @Test
  void itSaysNothingButWhatItIsAskedFor() throws Exception {
    var version = tug("version").run().expectExit(0);

    assertThat(version.out()).matches("tug [0-9].* \\(.*Java .*\\)\n");
    assertThat(version.err()).isEmpty();
  }

  @Test
  void itIsFoundThroughASymbolicLink() throws Exception {
    var link = Files.createSymbolicLink(temp.resolve("t"), Path.of(TUG));

    Program.of(link.toString()).with("--version").run().expectSuccess();
  }

  @Test
  void itEndsWithTheContractsExitCodes() throws Exception {
    tug("frob").run().expectExit(2);
    tug("chart", "push", "none", "oci://localhost:1/x").run().expectExit(3);
    tug("tags", "localhost:1/x", "--retries", "0").run().expectExit(6);
  }

  /** SHA-256 runs at a tenth of its speed without it. */
  @Test
  void theSecondCompilerIsThereForWhatMovesMuch() throws Exception {
    assertThat(flags("image", "--help")).containsPattern("TieredStopAtLevel += 4 ");
    assertThat(flags("-q", "copy", "--help")).containsPattern("TieredStopAtLevel += 4 ");
    assertThat(flags("tags", "--help")).containsPattern("TieredStopAtLevel += 1 ");
  }

  /** The launcher names methods of the JDK, which may be called otherwise one day. */
  @Test
  void theMethodsThatAreCompiledAtOnceExistAndNothingIsSaidOfThem() throws Exception {
    var packages = Map.of("digests", "sun.security.provider.", "aes", "com.sun.crypto.provider.");
    var names = Pattern.compile("\\$(digests|aes)\\.(\\w+)::(\\w+|\\*),");
    var methods = names.matcher(Files.readString(Path.of("src/main/launcher/tug")));
    int found = 0;
    for (; methods.find(); found++) {
      var type = Class.forName(packages.get(methods.group(1)) + methods.group(2));
      var name = methods.group(3);
      assertThat(type.getDeclaredMethods())
          .anyMatch(method -> name.equals("*") || method.getName().equals(name));
    }
    assertThat(found).isEqualTo(6);
    assertThat(tug("image", "--help").run().expectSuccess())
        .startsWith("Usage")
        .doesNotContain("Compile");
  }

  private String flags(String... args) throws Exception {
    return tug(args).env("TUG_OPTS", "-XX:+PrintFlagsFinal").run().expectSuccess();
  }

  @Test
  void theHomeIsWhereHomeSays() throws Exception {
    var docker = Files.createDirectories(temp.resolve(".docker")).resolve("config.json");
    Files.writeString(docker, "{\"auths\":{\"r.example\":{\"auth\":\"YWxpY2U6c2VjcmV0\"}}}");

    var registries =
        tug("k8s", "registries", "r.example").env("DOCKER_CONFIG", null).run().expectSuccess();

    assertThat(registries).contains("username: alice");
  }

  @Test
  void itSaysWhichJavaIsMissing() throws Exception {
    var failed = tug("version").env("TUG_JAVA_HOME", temp.resolve("nowhere").toString()).run();

    assertThat(failed.expectExit(1).err()).contains("no Java found at " + temp.resolve("nowhere"));
  }

  @Test
  void aCurrentFolderThatIsGoneIsTold() throws Exception {
    Files.createDirectories(temp.resolve("gone"));
    var failed = shell("cd gone && rmdir ../gone && exec " + TUG + " version");

    assertThat(failed.expectExit(1).err())
        .contains("tug: the current folder no longer exists\n  hint: go to another one: cd\n");
  }

  @ParameterizedTest
  @CsvSource({
    "TUG_OPTS, -XX:+UseG1GC",
    "TUG_OPTS, -Xmx64m -XX:+UseParallelGC",
    "TUG_OPTS, -XX:+UseSerialGC -Dx=1",
    "JAVA_TOOL_OPTIONS, -XX:+UseG1GC"
  })
  void aCollectorThatTheUserChoosesIsTheOnlyOne(String variable, String options) throws Exception {
    assertThat(tug("version").env(variable, options).run().expectSuccess()).startsWith("tug ");
  }

  /** A device that is always full. */
  @ParameterizedTest
  @ValueSource(
      strings = {"version", "version --format text", "--version", "--help", "chart show all CHART"})
  void aFullDiskIsTold(String line) throws Exception {
    Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")));
    var chart = SampleCharts.write(temp, "hello", "1.0.0").toString();

    var failed = shell("exec " + TUG + " " + line.replace("CHART", chart) + " >/dev/full");

    assertThat(failed.expectExit(1).err())
        .isEqualTo("tug: standard output can't be written: No space left on device\n");
  }

  @Test
  void aReaderThatHasGoneIsNoReasonForWords() throws Exception {
    var line = "{ sleep 1; " + TUG + " completion bash; echo $? >status; } | true";

    assertThat(shell(line).expectExit(0).err()).isEmpty();
    assertThat(temp.resolve("status")).hasContent("1");
  }

  private Program.Result shell(String line) throws Exception {
    return Program.of("sh").with("-c", line).in(temp).env("HOME", temp.toString()).run();
  }

  @Test
  void whatIsServedSurvivesAndAServerEndsWellWhenItIsTold() throws Exception {
    var chart = SampleCharts.write(temp, "hello", "1.0.0");
    var folder = temp.resolve("registry").toString();
    serveWhile(
        folder, url -> tug("chart", "push", chart.toString(), url + "/charts").run().expectExit(0));
    serveWhile(
        folder,
        url -> tug("chart", "pull", url + "/charts/hello").run().expectExit(0),
        "--read-only");
    assertThat(temp.resolve("hello-1.0.0.tgz")).exists();
  }

  private interface Use {
    void of(String url) throws Exception;
  }

  private void serveWhile(String folder, Use use, String... more) throws Exception {
    var builder = new ProcessBuilder(TUG, "serve", folder);
    builder.command().addAll(List.of(more));
    var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      var line = out.readLine();
      assertThat(line).contains(" at http://127.0.0.1:");
      use.of("oci://" + line.substring(line.indexOf("127.")));
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
