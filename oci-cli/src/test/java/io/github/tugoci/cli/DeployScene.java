package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A registry with a chart and two images, a policy that allows them, and a kubectl that records
 * what it is told.
 */
abstract class DeployScene {
  static final String VERSION = "0.1.0-abc";

  static final String APPLY = "apply --server-side --force-conflicts --field-manager=tug -f -";

  final Path folder;
  final RecordedTools tools;
  final Run run;
  final SampleImages images;
  EmbeddedRegistry registry;
  String host;
  String digest;

  DeployScene(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.tools = RecordedTools.in(folder.resolve("bin"));
    this.run =
        Run.in(folder.resolve("home"))
            .variable("PATH", tools.folder().toString())
            .variable("USER", "runner");
    this.images = SampleImages.in(folder.resolve("images")).image("one", 100);
  }

  @BeforeEach
  void start() throws Exception {
    registry = EmbeddedRegistry.start();
    host = registry.host();
    digest = images.descriptor("one").digest().toString();
    run.tug("image", "push", images.reference("one"), host + "/acme/app/api:1").ok();
    run.tug("image", "push", images.reference("one"), host + "/acme/app/web:2").ok();
    push("hello", VERSION, host + "/acme/charts");
    FakeCluster.install(tools, "hello", "apps", "hello-" + VERSION)
        .answer(
            "after.workloads",
            "{'items':["
                + "{'kind':'Deployment','metadata':{'name':'api','annotations':"
                + "{'meta.helm.sh/release-name':'hello'}},"
                + "'spec':{'selector':{'matchLabels':{'app':'hello','part':'api'}}}},"
                + "{'kind':'StatefulSet','metadata':{'name':'db','labels':"
                + "{'app.kubernetes.io/instance':'hello'}},"
                + "'spec':{'updateStrategy':{'type':'OnDelete'}}},"
                + "{'kind':'Deployment','metadata':{'name':'other'}}]}");
    Files.writeString(folder.resolve("values.yaml"), "replicas: 2\nglobal:\n  secrets: [pull]\n");
    policy("");
  }

  @AfterEach
  void stop() throws Exception {
    registry.close();
  }

  void push(String name, String version, String where) throws IOException {
    var chart = SampleCharts.write(folder.resolve("charts-" + name + version), name, version);
    run.tug("chart", "push", chart, "oci://" + where).ok();
  }

  void policy(String more) throws IOException {
    write(
        """
        chart: HOST/acme/charts/hello
        images:
          api:
            repository: HOST/acme/app/api
            values: {registry: global.imageRegistry, repository: api.image, tag: api.tag, digest: api.digest}
          web:
            repository: HOST/acme/app/web
            required: false
            values: {repository: web.image, tag: web.tag}
          worker:
            fallback: api
            values: {tag: worker.tag}
        release: hello
        namespace: apps
        values: values.yaml
        """
            + more
            // Where a cluster never answers as expected, a test ends soon.
            + (more.contains("imeout:") ? "" : "timeout: 60s\n"));
  }

  void write(String text) throws IOException {
    var file = folder.resolve("policy.yaml");
    Files.writeString(file, text.replace("HOST", host));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  Run.Outcome deploy(String chart, String version, String images, Object... more) {
    var args =
        new ArrayList<Object>(
            List.of(
                "deploy",
                "--chart=" + chart.replace("HOST", host),
                "--chart-version=" + version,
                "--images=" + images.replace("HOST", host),
                "--policy=" + folder.resolve("policy.yaml")));
    args.addAll(List.of(more));
    return run.tug(args.toArray());
  }

  Run.Outcome deploy(Object... more) {
    return deploy(
        "oci://HOST/acme/charts/hello",
        VERSION,
        "{\"api\":\"HOST/acme/app/api:1\",\"web\":\"HOST/acme/app/web:2\"}",
        more);
  }

  List<JsonObject> audit() throws IOException {
    var lines = new ArrayList<JsonObject>();
    for (var line : Files.readAllLines(folder.resolve("policy.yaml.audit.jsonl"))) {
      lines.add(Json.parseObject(line.getBytes(UTF_8), "line"));
    }
    return lines;
  }

  static Map<?, ?> yaml(byte[] text) throws IOException {
    return map(Yaml.read(text, "text"));
  }

  static Map<?, ?> map(@Nullable Object value) {
    assertThat(value).isInstanceOf(Map.class);
    return (Map<?, ?>) Objects.requireNonNull(value);
  }

  /** What a member says that holds text. */
  static String text(Map<?, ?> map, String member) {
    return String.valueOf(map.get(member));
  }

  Map<?, ?> expectedValues() {
    return Map.of(
        "replicas", 2L,
        "global", Map.of("secrets", List.of("pull"), "imageRegistry", host),
        "api", Map.of("image", "acme/app/api", "tag", "1", "digest", digest),
        "web", Map.of("image", host + "/acme/app/web", "tag", "2"),
        "worker", Map.of("tag", "1"));
  }
}
