package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.SampleCharts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipes, devices and directories where files are named. */
@DisabledOnOs(OS.WINDOWS)
class InputKindsTest {
  @TempDir private Path temp;
  @AutoClose private EmbeddedRegistry registry;
  private Run run;
  private Path pipe;
  private Path chart;

  @BeforeEach
  void start() throws Exception {
    registry = EmbeddedRegistry.start();
    run = Run.in(temp.resolve("home"));
    chart = SampleCharts.write(temp, "hello", "1.0.0");
    pipe = temp.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
  }

  /** A command line with REPO, CHART and FILE in it. */
  private Run.Outcome tug(String line, Path file) {
    return run.tug(
        (Object[])
            line.replace("REPO", registry.host() + "/x")
                .replace("CHART", chart.toString())
                .replace("FILE", file.toString())
                .split(" ", -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "artifact push REPO:1 FILE",
        "artifact push REPO:1 FILE:text/plain",
        "artifact push REPO:1 CHART --config FILE",
        "push FILE REPO:1",
        "blob put REPO FILE",
        "chart push FILE oci://REPO",
        "chart lint FILE",
        "chart show all FILE",
        "image append --layer FILE REPO:1",
        "image append --base oci-archive:FILE --layer CHART REPO:1",
        "image push oci-archive:FILE REPO:1",
        "image push docker-archive:FILE REPO:1"
      })
  void whatIsReadTwiceIsRefusedAtOnce(String line) {
    assertThat(tug(line, pipe).failed(2).err())
        .contains("tug: " + pipe + ": a pipe, not a file", "hint: write what comes out of it");
    assertThat(tug(line, Path.of("/dev/zero")).failed(2).err())
        .contains("tug: /dev/zero: a device, not a file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "manifest put REPO:1 FILE",
        "chart lint CHART -f FILE",
        "chart lint CHART --set-file a=FILE",
        "copy --from-file FILE REPO",
        "serve --htpasswd FILE",
        "serve --tls-cert FILE --tls-key FILE",
        "resolve REPO:1 --plain-http=false --ca-file FILE",
        "resolve REPO:1 --registry-config FILE",
        "verify --key FILE REPO:1"
      })
  void whatDoesNotEndIsNotReadOn(String line) {
    var outcome = tug(line, Path.of("/dev/zero"));

    assertThat(outcome.status()).isNotZero();
    assertThat(outcome.err()).containsPattern("larg|limit").doesNotContain("internal error");
  }

  @Test
  void valuesComeOutOfAPipe() throws Exception {
    var writer = Executors.newSingleThreadExecutor();
    try {
      var written = writer.submit((Callable<Path>) () -> Files.writeString(pipe, "a: [", UTF_8));

      assertThat(tug("chart lint CHART -f FILE", pipe).failed(2).err()).contains(pipe.toString());
      written.get();
    } finally {
      writer.shutdown();
    }
  }

  @Test
  void aPipeInAFolderIsRefused() throws Exception {
    var rules = Files.createDirectories(temp.resolve("chart")).resolve(".helmignore");
    Files.writeString(
        temp.resolve("chart/Chart.yaml"), "apiVersion: v2\nname: a\nversion: 1.0.0\n");
    Files.move(pipe, rules);

    assertThat(run.tug("chart", "lint", temp.resolve("chart")).failed(2).err())
        .contains(rules + ": a pipe, not a file");
    assertThat(run.tug("artifact", "push", registry.host() + "/x:1", temp).failed(1).err())
        .contains("not a file, folder or link");
  }

  @Test
  void nothingIsAnEmptyFile() {
    tug("artifact push REPO:1 CHART --config FILE:application/x", Path.of("/dev/null")).ok();
    tug("chart lint CHART -f FILE", Path.of("/dev/null")).ok();
  }

  @Test
  void aDirectoryIsNotReplacedByAFile() throws Exception {
    var there = Files.createDirectories(temp.resolve("there"));

    assertThat(tug("image append --layer CHART oci-archive:FILE", there).failed(2).err())
        .contains(there + ": a directory, not replaced");
    assertThat(tug("chart dependency list FILE", pipe).failed(2).err())
        .contains("not a directory: " + pipe);
  }
}
