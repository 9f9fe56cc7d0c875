package io.github.tugoci.cli;

import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.Interruptible;
import io.github.tugoci.cli.shell.StandardOutput;
import io.github.tugoci.cli.shell.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/**
 * Runs the usual commands against a registry of its own, so that a JVM that writes a class archive
 * at its end (AppCDS, an AOT cache) has loaded what they load. The launcher and the build start it
 * as {@code ClassArchiveTraining DIRECTORY start|all}; the directory is empty, and belongs to it.
 * {@code start} runs only what says something about the command itself.
 *
 * <p>It reads no variable of the user's and no file outside its directory, and connects to nothing
 * but the registry that it starts.
 */
public final class ClassArchiveTraining {
  private static final int HASHED_BYTES = 24 << 20;

  private final Path directory;

  private ClassArchiveTraining(Path directory) {
    this.directory = directory;
  }

  /**
   * Runs the commands once.
   *
   * @throws IOException if one of them fails
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    // What a process of its own does before and after; it isn't used here.
    var interruption = Interruption.onSignal(Thread.currentThread());
    Main.environment(interruption);
    Arguments.of(args, Path.of("/proc/self/cmdline"));
    interruption.ended(0);
    var training = new ClassArchiveTraining(Path.of(args[0]).toAbsolutePath());
    training.start();
    if (args[1].equals("all")) {
      try (var registry = TrainingRegistry.start(training.directory)) {
        training.logIn(registry.host(), registry.tlsHost());
        training.all(registry.host());
        training.encrypted(registry.tlsHost());
      }
    }
  }

  /** What needs no registry, and no classes of the library. */
  private void start() throws IOException {
    expect(0, "version");
    // What isn't plain, for picocli.
    expect(0, "version", "-v");
    expect(0, "--version");
    expect(0, "--help");
  }

  /** Writes the user's password for both hosts into Docker's configuration file. */
  private void logIn(String host, String tlsHost) throws IOException {
    var pair = TrainingRegistry.USER + ":" + TrainingRegistry.PASSWORD;
    var auth = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    write(
        directory.resolve("home/.docker/config.json"),
        "{\"auths\": {\"%s\": {\"auth\": \"%s\"}, \"%s\": {\"auth\": \"%s\"}}}"
            .formatted(host, auth, tlsHost, auth));
  }

  private void all(String host) throws IOException {
    var chart = directory.resolve("sample");
    write(
        chart.resolve("Chart.yaml"),
        """
        apiVersion: v2
        name: sample
        version: 1.0.0
        appVersion: "1.0"
        description: 'Says "training" & <shows> it'
        type: application
        home: https://example.org/sample
        sources:
          - https://example.org/sample.git
        keywords:
          - web
          - shop
        maintainers:
        - name: Ada
          email: ada@example.org
        annotations: {weight: "1"}
        """);
    write(
        chart.resolve("values.yaml"),
        """
        # a comment
        replicas: 2
        ratio: 0.5
        enabled: true
        nothing: null
        image: {name: web, tag: "1.0"}
        args: [a, b]
        text: |
          line
        """);
    write(chart.resolve(".helmignore"), "*.bak\n");
    write(chart.resolve("templates/service.yaml"), "apiVersion: v1\nkind: Service\n");
    write(directory.resolve("file.txt"), "content");
    Files.write(directory.resolve("layer.tar"), new byte[HASHED_BYTES]);

    var charts = "oci://" + host + "/charts";
    var image = host + "/acme/web:1.0";
    var layout = "oci:" + directory.resolve("layout") + ":1.0";
    expect(0, "chart", "push", chart.toString(), charts);
    expect(0, "chart", "pull", charts + "/sample:1.0.0", "-d", directory.toString());
    expect(0, "chart", "show", "values", charts + "/sample:1.0.0");
    expect(0, "chart", "versions", charts + "/sample", "--format", "json");
    expect(0, "resolve", host + "/charts/sample:1.0.0");
    expect(0, "tags", host + "/charts/sample");
    var artifact = host + "/acme/file:1.0";
    expect(0, "artifact", "push", artifact, directory.resolve("layer.tar") + ":application/x-tar");
    expect(0, "artifact", "pull", artifact, "-d", directory.resolve("pulled").toString());
    // A real image, of layers that are compressed and that aren't: what it says is checked.
    var files = "--layer=" + chart;
    expect(0, "image", "append", image, files, "--layer=" + directory.resolve("layer.tar"));
    expect(0, "image", "pull", image, layout);
    expect(0, "image", "push", layout, host + "/acme/copy:1.0");
    expect(0, "copy", image, host + "/acme/moved:1.0");
    expect(0, "tag", image, "1.1");
    expect(0, "manifest", "get", image);
    expect(3, "resolve", host + "/charts/sample:9.9.9");
  }

  private void encrypted(String host) throws IOException {
    var trust = "--ca-file=" + TrainingRegistry.authority(directory);
    var layout = "oci:" + directory.resolve("layout") + ":1.0";
    expect(0, "image", "push", layout, host + "/acme/web:1.0", "--plain-http=false", trust);
    expect(0, "resolve", host + "/acme/web:1.0", "--plain-http=false", trust);
    // One that isn't trusted.
    expect(6, "resolve", host + "/acme/web:1.0", "--plain-http=false", "--retries=0");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void expect(int status, String... words) throws IOException {
    var out = new ByteArrayOutputStream();
    var environment =
        new Environment(
            Map.of("XDG_CACHE_HOME", directory.resolve("cache").toString()),
            directory.resolve("home"),
            InputStream.nullInputStream(),
            new StandardOutput(out),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            Terminal.NONE,
            Interruptible.NEVER);
    int ended = new Shell(environment).run(words);
    if (ended != status) {
      throw new IOException(
          "tug %s: exit status %d instead of %d%n%s"
              .formatted(
                  String.join(" ", words), ended, status, out.toString(StandardCharsets.UTF_8)));
    }
  }
}
