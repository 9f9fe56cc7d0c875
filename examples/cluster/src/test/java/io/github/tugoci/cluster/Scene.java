package io.github.tugoci.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.Program;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A registry with a chart in some versions, a policy, and a runner that may do what {@code
 * examples/pytoya/runner-role.yaml} grants; all of one test, in a namespace of its own.
 */
final class Scene implements AutoCloseable {
  private static final String RECORD = System.getProperty("cluster.record", "");
  private static final Path TUG =
      Path.of("../../oci-cli/target/tug/bin/tug").toAbsolutePath().normalize();
  private static final Path ROLE = Path.of("../pytoya/runner-role.yaml").toAbsolutePath();

  private final TestCluster cluster;
  private final Path folder;
  private final String name;
  private final EmbeddedRegistry registry;
  private final String digest;
  private final @Nullable Recorder recorder;
  private Path kubectl;
  private @Nullable Path kubeconfig;

  private Scene(TestCluster cluster, Path folder, String name) throws Exception {
    this.cluster = cluster;
    this.folder = folder;
    this.name = name;
    this.kubectl = cluster.bin().resolve("kubectl-1.37");
    this.recorder = RECORD.isEmpty() ? null : Recorder.in(folder);
    this.registry = EmbeddedRegistry.start();
    var images = SampleImages.in(folder.resolve("images")).image("one", 100);
    digest = images.descriptor("one").digest().toString();
    tug("image", "push", images.reference("one"), host() + "/acme/app/api:1").expectSuccess();
    grantRole();
    kubeconfig =
        cluster.kubelet().kubeconfig(folder.resolve("runner.kubeconfig"), name, "tug-runner");
    values("{}");
    policy("");
    push("1.0.0");
  }

  /** A scene whose release and namespace have a name. */
  static Scene of(TestCluster cluster, Path folder, String name) throws Exception {
    return new Scene(cluster, folder, name);
  }

  private void grantRole() throws Exception {
    cluster.apply(Files.readString(ROLE).replace("pytoya", name));
  }

  String host() {
    return registry.host();
  }

  Path folder() {
    return folder;
  }

  String name() {
    return name;
  }

  @Nullable Path kubeconfig() {
    return kubeconfig;
  }

  /** From now on as somebody else, or elsewhere. */
  Scene as(@Nullable Path otherKubeconfig) {
    kubeconfig = otherKubeconfig;
    return this;
  }

  Scene kubectl(Path program) {
    kubectl = program;
    return this;
  }

  /** Writes and pushes a version of the chart, with more files in it. */
  Scene push(String version, Map<String, byte[]> more) throws Exception {
    var chart = folder.resolve("charts").resolve(version).resolve(name);
    Files.createDirectories(chart.resolve("templates"));
    Files.writeString(
        chart.resolve("Chart.yaml"),
        "apiVersion: v2\nname: %s\nversion: %s\n".formatted(name, version));
    for (var file : List.of("values.yaml", "templates/app.yaml", "templates/hook.yaml")) {
      try (var in = Scene.class.getResourceAsStream("/chart/" + file)) {
        assertThat(in).as(file).isNotNull();
        Files.write(chart.resolve(file), in.readAllBytes());
      }
    }
    for (var file : more.entrySet()) {
      Files.createDirectories(chart.resolve(file.getKey()).getParent());
      Files.write(chart.resolve(file.getKey()), file.getValue());
    }
    tug("chart", "push", chart.toString(), "oci://" + host() + "/acme/charts").expectSuccess();
    return this;
  }

  Scene push(String version) throws Exception {
    return push(version, Map.of());
  }

  /** The runner's values. */
  Scene values(String yaml) throws IOException {
    Files.writeString(folder.resolve("values.yaml"), yaml);
    return this;
  }

  /** The policy with more lines, which may replace the usual ones. */
  Scene policy(String... more) throws IOException {
    var lines =
        new ArrayList<>(
            List.of(
                "chart: %s/acme/charts/%s".formatted(host(), name),
                "images: {api: {repository: %s/acme/app/api, values: {tag: tag}}}"
                    .formatted(host()),
                "release: " + name,
                "namespace: " + name,
                "values: values.yaml",
                "timeout: 60s",
                "backOffLimit: 1",
                "kubectl: [" + kubectl() + "]"));
    for (var line : more) {
      if (!line.isEmpty()) {
        var key = line.substring(0, line.indexOf(':') + 1);
        lines.removeIf(usual -> usual.startsWith(key));
        lines.add(line);
      }
    }
    var file = Files.writeString(folder.resolve("policy.yaml"), String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return this;
  }

  /** The kubectl of this test; it writes its answers down where that is wanted. */
  private Path kubectl() throws IOException {
    return recorder == null ? kubectl : recorder.wrap(kubectl);
  }

  private Program program(Object... arguments) {
    var program = Program.of(TUG.toString()).within(Duration.ofMinutes(5));
    for (var argument : arguments) {
      program.with(argument.toString());
    }
    for (var variable : List.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")) {
      program.env(variable, null);
    }
    return program
        .env("TUG_JAVA_HOME", System.getProperty("java.home"))
        .env("HOME", folder.toString())
        .env("PATH", folder.resolve("path") + ":/usr/bin:/bin")
        .env("KUBECONFIG", kubeconfig == null ? null : kubeconfig.toString());
  }

  Program.Result tug(Object... arguments) throws Exception {
    return program(arguments).run();
  }

  private Object[] deployment(String version, String... more) {
    var arguments =
        new ArrayList<Object>(
            List.of(
                "deploy",
                "--chart=oci://%s/acme/charts/%s".formatted(host(), name),
                "--chart-version=" + version,
                "--images={\"api\":\"%s/acme/app/api:1\"}".formatted(host()),
                "--policy=" + folder.resolve("policy.yaml")));
    arguments.addAll(List.of(more));
    return arguments.toArray();
  }

  Program.Result deploy(String version, String... more) throws Exception {
    return tug(deployment(version, more));
  }

  /** Starts a deployment and leaves it running. */
  Process start(String version, Path log) throws IOException {
    return program(deployment(version)).start(log);
  }

  Program.Result rollback(String... more) throws Exception {
    var arguments =
        new ArrayList<Object>(
            List.of("deploy", "--rollback", "--policy=" + folder.resolve("policy.yaml")));
    arguments.addAll(List.of(more));
    return tug(arguments.toArray());
  }

  /** The last line of the audit file. */
  JsonObject audit() throws IOException {
    var lines = Files.readAllLines(folder.resolve("policy.yaml.audit.jsonl"));
    return Json.parseObject(lines.get(lines.size() - 1).getBytes(UTF_8), "line");
  }

  /** The newest revision's number and status: {@code 3 deployed}. */
  String release() throws IOException {
    var labels = cluster.newestRelease(name, name);
    return labels.get("version") + " " + labels.get("status");
  }

  String digest() {
    return digest;
  }

  /** Runs a command that a hint names, as an administrator. */
  Program.Result administrator(String command) throws Exception {
    var words = command.split(" ", -1);
    assertThat(words[0]).isEqualTo("kubectl");
    var result =
        cluster.kubectl(List.of(words).subList(1, words.length).toArray(String[]::new)).run();
    result.expectSuccess();
    return result;
  }

  @Override
  public void close() throws IOException {
    registry.close();
    if (recorder != null) {
      recorder.write(Path.of(RECORD).resolve(name + ".jsonl"));
    }
  }
}
