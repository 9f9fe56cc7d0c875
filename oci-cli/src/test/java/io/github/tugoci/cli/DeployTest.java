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
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code tug deploy}, with programs that record what they are told. */
class DeployTest {
  private static final String VERSION = "0.1.0-abc";

  /** A cluster in which the job of the second revision is complete. */
  private static final String KUBECTL =
      """
      case "$*" in
        "apply "*) touch "$folder/applied" ;;
        *helmcharts*) cat "$folder/chart.json" ;;
        *jobs*) if [ -f "$folder/applied" ]; then cat "$folder/job.json"; else cat "$folder/old.json"; fi ;;
        "get deployments"*) cat "$folder/workloads.json" ;;
        logs*) echo "Error: no such template" ;;
      esac
      """;

  private static final String JOB =
      "{'metadata':{'name':'helm-install-hello','uid':'%s'},"
          + "'status':{'conditions':[{'type':'%s','status':'True'}]}}";

  private final Path folder;
  private final RecordedTools tools;
  private final Run run;
  private final SampleImages images;
  private EmbeddedRegistry registry;
  private String host;
  private String digest;

  DeployTest(@TempDir Path folder) throws IOException {
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
    tools
        .answer("chart.json", "{'status':{'jobName':'helm-install-hello'}}")
        .answer("old.json", JOB.formatted("old", "Complete"))
        .answer("job.json", JOB.formatted("new", "Complete"))
        .answer(
            "workloads.json",
            "{'items':["
                + "{'kind':'Deployment','metadata':{'name':'api','annotations':"
                + "{'meta.helm.sh/release-name':'hello'}}},"
                + "{'kind':'StatefulSet','metadata':{'name':'db','labels':"
                + "{'app.kubernetes.io/instance':'hello'}},"
                + "'spec':{'updateStrategy':{'type':'OnDelete'}}},"
                + "{'kind':'Deployment','metadata':{'name':'other'}}]}")
        .tool("kubectl", KUBECTL);
    Files.writeString(folder.resolve("values.yaml"), "replicas: 2\nglobal:\n  secrets: [pull]\n");
    policy("");
  }

  @AfterEach
  void stop() throws Exception {
    registry.close();
  }

  private void push(String name, String version, String where) throws IOException {
    var chart = SampleCharts.write(folder.resolve("charts-" + name + version), name, version);
    run.tug("chart", "push", chart, "oci://" + where).ok();
  }

  private void policy(String more) throws IOException {
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

  private void write(String text) throws IOException {
    var file = folder.resolve("policy.yaml");
    Files.writeString(file, text.replace("HOST", host));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private Run.Outcome deploy(String chart, String version, String images, Object... more) {
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

  private Run.Outcome deploy(Object... more) {
    return deploy(
        "oci://HOST/acme/charts/hello",
        VERSION,
        "{\"api\":\"HOST/acme/app/api:1\",\"web\":\"HOST/acme/app/web:2\"}",
        more);
  }

  private List<JsonObject> audit() throws IOException {
    var lines = new ArrayList<JsonObject>();
    for (var line : Files.readAllLines(folder.resolve("policy.yaml.audit.jsonl"))) {
      lines.add(Json.parseObject(line.getBytes(UTF_8), "line"));
    }
    return lines;
  }

  private static Map<?, ?> yaml(byte[] text) throws IOException {
    return (Map<?, ?>) Yaml.read(text, "text");
  }

  private Map<?, ?> expectedValues() {
    return Map.of(
        "replicas", 2L,
        "global", Map.of("secrets", List.of("pull"), "imageRegistry", host),
        "api", Map.of("image", "acme/app/api", "tag", "1", "digest", digest),
        "web", Map.of("image", host + "/acme/app/web", "tag", "2"),
        "worker", Map.of("tag", "1"));
  }

  @Test
  void aHelmChartIsAppliedAndItsJobAndRolloutsAreAwaited() throws Exception {
    var json = deploy("--format=json").ok().json();

    var calls = tools.calls("kubectl");
    int apply = calls.indexOf("apply --server-side -f -");
    var manifest = yaml(tools.input("kubectl", apply));
    assertThat(manifest.get("apiVersion")).isEqualTo("helm.cattle.io/v1");
    assertThat(manifest.get("kind")).isEqualTo("HelmChart");
    assertThat(manifest.get("metadata"))
        .isEqualTo(Map.of("name", "hello", "namespace", "kube-system"));
    assertThat(manifest).hasSize(4);
    var spec = (Map<?, ?>) manifest.get("spec");
    assertThat(spec.keySet())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder(
            "chartContent",
            "targetNamespace",
            "createNamespace",
            "valuesContent",
            "timeout",
            "backOffLimit",
            "failurePolicy");
    assertThat(spec.get("failurePolicy")).isEqualTo("abort");
    assertThat(spec.get("targetNamespace")).isEqualTo("apps");
    assertThat(spec.get("timeout")).isEqualTo("60s");
    assertThat(yaml(spec.get("valuesContent").toString().getBytes(UTF_8)))
        .isEqualTo(expectedValues());
    run.tug("chart", "pull", "oci://" + host + "/acme/charts/hello:" + VERSION, "-d", folder).ok();
    assertThat(Base64.getDecoder().decode(spec.get("chartContent").toString()))
        .isEqualTo(Files.readAllBytes(folder.resolve("hello-" + VERSION + ".tgz")));
    assertThat(calls)
        .filteredOn(call -> call.startsWith("rollout"))
        .singleElement()
        .asString()
        .startsWith("rollout status deployment/api --namespace apps --timeout=");
    assertThat(json.asMap())
        .containsEntry("release", "hello")
        .containsEntry("namespace", "apps")
        .containsEntry("version", VERSION)
        .containsEntry("method", "k3s")
        .containsEntry("applied", true)
        .doesNotContainKey("manifest");
    assertThat(json.object("images").orElseThrow().object("api").orElseThrow().asMap())
        .containsEntry("digest", digest);
    assertThat(audit()).hasSize(1);
    assertThat(audit().get(0).asMap())
        .containsEntry("result", "applied")
        .containsEntry("user", "runner")
        .containsEntry("digest", json.requiredString("digest"));
  }

  @Test
  void theJobOfTheRevisionBeforeIsNotTakenForTheNewOne() throws Exception {
    tools.answer("job.json", JOB.formatted("old", "Complete"));
    policy("timeout: 1s\n");

    assertThat(deploy().failed(6).err()).contains("wasn't ready within 1 s");
    assertThat(audit().get(0).requiredString("result")).isEqualTo("failed");
  }

  @Test
  void aFailedJobIsToldWithItsLog() throws Exception {
    tools.answer("job.json", JOB.formatted("new", "Failed"));

    assertThat(deploy().failed(1).err())
        .contains("the job helm-install-hello", "Error: no such template", "hint: ");
  }

  @Test
  void aDryRunPrintsWhatItWouldApplyAndAppliesNothing() throws Exception {
    var manifest = yaml(deploy("--dry-run").ok().out().getBytes(UTF_8));
    var json = deploy("--dry-run", "--format=json").ok().json();

    assertThat(manifest.get("kind")).isEqualTo("HelmChart");
    assertThat(json.object("manifest").orElseThrow().requiredString("kind")).isEqualTo("HelmChart");
    assertThat(json.bool("applied")).hasValue(false);
    assertThat(tools.calls("kubectl")).isEmpty();
    assertThat(audit()).extracting(line -> line.requiredString("result")).containsOnly("dry-run");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "oci://HOST/evil/charts/hello|0.1.0-abc|{}|2|the policy allows",
        "oci://HOST/acme/charts/hello/x|0.1.0-abc|{}|2|the policy allows",
        "oci://HOST/acme/charts/hello:1|0.1.0-abc|{}|2|--chart has a tag",
        "oci://HOST/acme/charts/hello|latest|{}|2|is no version",
        "oci://HOST/acme/charts/hello|@/etc/passwd|{}|2|is no version",
        "oci://HOST/acme/charts/hello|0.1.0-abc|{}|2|has no api",
        "oci://HOST/acme/charts/hello|0.1.0-abc|[]|2|not a JSON object",
        "oci://HOST/acme/charts/hello|0.1.0-abc|{\"api\":1}|2|must be a string",
        "oci://HOST/acme/charts/hello|0.1.0-abc|{\"ap\":\"x\"}|2|did you mean api?",
        "oci://HOST/acme/charts/hello|0.1.0-abc|{\"api\":\"HOST/acme/app/api:1\",\"api\":\"HOST/acme/app/api:2\"}|2|Duplicate",
        "oci://HOST/acme/charts/hello|0.1.0-abc|{\"api\":\"HOST/acme/app/api:1,api.x=y\"}|2|has ','"
            + " in a tag",
        "oci://HOST/acme/charts/hello|0.1.0-abc|{\"api\":\"HOST/acme/app/api:1\\n\"}|2|in a tag",
        "oci://HOST/acme/charts/hello|0.1.0-abc|{\"api\":\"HOST/acme/app/api\"}|2|neither tag nor"
            + " digest",
        "oci://HOST/acme/charts/hello|0.1.0-abc|{\"api\":\"HOST/acme/app/web:2\"}|2|may not come"
            + " from",
        "oci://HOST/acme/charts/hello|0.1.0-abc|{\"api\":\"HOST/acme/app/api:none\"}|3|not found",
        "oci://HOST/acme/charts/hello|9.9.9|{\"api\":\"HOST/acme/app/api:1\"}|3|not found",
      })
  void whatIsNotAllowedOrNotThereTouchesNothing(
      String chart, String version, String images, int exit, String says) throws Exception {
    var failed = deploy(chart, version, images).failed(exit);

    assertThat(failed.err()).contains(says);
    assertThat(tools.calls("kubectl")).isEmpty();
    assertThat(audit())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.requiredString("result")).isEqualTo("refused");
              assertThat(failed.err()).contains(line.requiredString("error"));
            });
  }

  @Test
  void aHundredKilobytesOfImagesAreRefusedUnread() throws Exception {
    assertThat(
            deploy("oci://HOST/acme/charts/hello", VERSION, "{" + " ".repeat(100_000) + "}")
                .failed(2)
                .err())
        .contains("over the limit of 8192");
    assertThat(tools.calls("kubectl")).isEmpty();
  }

  @Test
  void aDigestThatIsntThereOrIsntTheTagsIsRefused() throws Exception {
    var none = "sha256:" + "0".repeat(64);
    deploy("oci://HOST/acme/charts/hello", VERSION, "{\"api\":\"HOST/acme/app/api@" + none + "\"}")
        .failed(3);
    deploy(
            "oci://HOST/acme/charts/hello",
            VERSION,
            "{\"api\":\"HOST/acme/app/api:1@" + none + "\"}")
        .failed(5);
    deploy("oci://HOST/acme/charts/hello@" + none, VERSION, "{\"api\":\"HOST/acme/app/api:1\"}")
        .failed(5);
    assertThat(tools.calls("kubectl")).isEmpty();
  }

  @Test
  void aChartThatIsAnotherThanItsRepositorySaysIsRefused() throws Exception {
    var other = SampleCharts.write(folder.resolve("other"), "hello", "6.6.6");
    run.tug("chart", "push", other, "oci://" + host + "/acme/charts").ok();
    run.tug("tag", host + "/acme/charts/hello:6.6.6", "7.7.7").ok();

    assertThat(
            deploy("oci://HOST/acme/charts/hello", "7.7.7", "{\"api\":\"HOST/acme/app/api:1\"}")
                .failed(5)
                .err())
        .contains("holds the chart hello 6.6.6");
    assertThat(tools.calls("kubectl")).isEmpty();
  }

  @Test
  void anImageByDigestAloneGoesWhereDigestsGo() throws Exception {
    var json =
        deploy(
                "oci://HOST/acme/charts/hello",
                VERSION,
                "{\"api\":\"HOST/acme/app/api@" + digest + "\"}",
                "--dry-run")
            .failed(2);

    // The worker, for which the API stands, has a place for a tag alone.
    assertThat(json.err()).contains("no place for its digest");
  }

  @Test
  void aTagCanCarryItsDigest() throws Exception {
    policy("pinTags: true\n");

    var manifest = yaml(deploy("--dry-run").ok().out().getBytes(UTF_8));

    var spec = (Map<?, ?>) manifest.get("spec");
    var values = yaml(spec.get("valuesContent").toString().getBytes(UTF_8));
    assertThat(((Map<?, ?>) values.get("web")).get("tag")).isEqualTo("2@" + digest);
    assertThat(((Map<?, ?>) values.get("api")).get("tag")).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "relaese: x|relaese is unknown|did you mean release?",
        "release: x|has the key release twice|",
        "timeout: soon|timeout is no time|",
        "timeout: 600|timeout must be a string|",
        "method: docker|method must be k3s or helm|",
        "createNamespace: 1|createNamespace must be true or false|",
        "backOffLimit: many|backOffLimit must be a number|",
        "backOffLimit: -1|backOffLimit must be 0 to 1000|",
        "chartNamespace: Kube|chartNamespace must be a DNS label|",
        "maxTimeout: 1s|maxTimeout is less than timeout|",
        "kubectl: k3s|kubectl must be a list|",
        "kubectl: [1]|kubectl must hold strings|",
        "pinTags:|pinTags must be true or false|",
        "---|has more than one document|",
        "x: [|is not valid YAML|",
      })
  void aPolicyWithAMistakeDeploysNothing(String line, String says, String hint) throws Exception {
    policy(line + "\n" + (line.equals("---") ? "a: b\n" : ""));

    assertThat(deploy().failed(2).err()).contains(says).contains(hint == null ? "" : hint);
    assertThat(tools.calls("kubectl")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tag: api.tag|tga: api.tag|images.api.values.tga is unknown",
        "tag: api.tag|tag: api..tag|images.api.values.tag must be a path",
        "fallback: api|fallback: apj|must be an image that stands above worker",
        "fallback: api|required: true|images.worker.repository is missing",
        "fallback: api|required: true\\n    fallback: api|is of no use",
        "HOST/acme/charts/hello|HOST/acme/charts/hello:1|chart must be a repository",
        "HOST/acme/charts/hello|HOST/Acme|chart is no repository",
        "web.image|api.image|into api.image",
        "web.image|replicas.image|replicas is no map",
        "release: hello||release is missing",
      })
  void aPolicyIsReadToItsLeaves(String from, String to, String says) throws Exception {
    var file = folder.resolve("policy.yaml");
    write(
        Files.readString(file)
            .replace(host, "HOST")
            .replaceFirst(Pattern.quote(from), to == null ? "" : to.replace("\\n", "\n")));

    assertThat(deploy().failed(2).err()).contains(says);
    assertThat(tools.calls("kubectl")).isEmpty();
  }

  @Test
  void aMissingOrOddValuesFileIsTold() throws Exception {
    Files.writeString(folder.resolve("values.yaml"), "[1]");
    assertThat(deploy().failed(2).err()).contains("holds no values");
    Files.writeString(folder.resolve("values.yaml"), "a: [");
    assertThat(deploy().failed(2).err()).contains("is not valid YAML");
    Files.delete(folder.resolve("values.yaml"));
    assertThat(deploy().failed(2).err()).contains("doesn't exist");
    assertThat(tools.calls("kubectl")).isEmpty();
  }

  @Test
  void aPolicyThatOthersMayWriteIsWarnedOf() throws Exception {
    Files.setPosixFilePermissions(
        folder.resolve("policy.yaml"), PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThat(deploy("--dry-run").ok().err()).contains("others may write", "chmod go-w");
  }

  @Test
  void aKubectlThatFailsIsToldWithItsWords() throws Exception {
    tools.tool("kubectl", "case \"$1\" in apply) echo 'forbidden: no' >&2; exit 3 ;; esac\n");

    assertThat(deploy().failed(1).err())
        .contains("kubectl apply --server-side failed with exit code 3", "forbidden: no");
    assertThat(audit().get(0).requiredString("result")).isEqualTo("failed");
  }

  @Test
  void aKubectlThatHangsIsEnded() throws Exception {
    tools.tool(
        "kubectl",
        "case \"$1\" in apply) echo $$ > \"$folder/pid\"; echo waiting >&2; sleep 600 ;; esac\n");
    policy("timeout: 1s\n");

    assertThat(deploy().failed(6).err())
        .contains("kubectl apply --server-side didn't end within", "waiting");
    assertThat(ProcessHandle.of(Long.parseLong(tools.text("pid").strip())))
        .satisfies(process -> assertThat(process.filter(ProcessHandle::isAlive)).isEmpty());
  }

  @Test
  void aChartTooLargeForAHelmChartIsRefusedBefore() throws Exception {
    var chart = SampleCharts.write(folder.resolve("large"), "hello", "2.0.0");
    var noise = new byte[800_000];
    new Random(1).nextBytes(noise);
    Files.write(chart.resolve("noise.bin"), noise);
    run.tug("chart", "push", chart, "oci://" + host + "/acme/charts").ok();

    assertThat(
            deploy("oci://HOST/acme/charts/hello", "2.0.0", "{\"api\":\"HOST/acme/app/api:1\"}")
                .failed(5)
                .err())
        .contains("over the limit of 1048576 of a HelmChart");
    assertThat(tools.calls("kubectl")).isEmpty();
  }

  @Test
  void withHelmTheChartsFileAndTheValuesAreHandedOver() throws Exception {
    tools.tool(
        "helm",
        "cp \"$4\" \"$folder/chart.tgz\"; cp \"$9\" \"$folder/values\"; ls -l \"$9\" >"
            + " \"$folder/ls\"\n");
    policy("method: helm\nmaxTimeout: 1h\n");

    deploy("--atomic", "--deploy-timeout=20m").ok();

    var call = tools.calls("helm").get(0);
    assertThat(call)
        .startsWith("upgrade --install hello ")
        .contains("hello-" + VERSION + ".tgz --namespace apps --create-namespace -f ")
        .endsWith(" --wait --timeout 1200s --atomic");
    assertThat(yaml(tools.text("values").getBytes(UTF_8))).isEqualTo(expectedValues());
    assertThat(tools.text("ls")).startsWith("-rw-------");
    assertThat(Path.of(call.split(" ")[3])).doesNotExist();
    assertThat(tools.calls("kubectl")).isEmpty();
    assertThat(deploy("--dry-run").ok().out())
        .startsWith("# helm upgrade --install hello hello-" + VERSION + ".tgz --namespace apps");
    assertThat(deploy("--dry-run", "--format=json").ok().json().strings("command"))
        .contains("--wait");
  }

  @Test
  void whoAsksStaysWithinThePolicy() throws Exception {
    assertThat(deploy("--atomic").failed(2).err()).contains("--atomic isn't possible");
    assertThat(deploy("--deploy-timeout=11m").failed(2).err()).contains("over the policy's 60 s");
    assertThat(deploy("--deploy-timeout=x").failed(2).err()).contains("is no time");
    Files.delete(tools.folder().resolve("kubectl"));
    assertThat(deploy().failed(1).err()).contains("no kubectl or k3s on the PATH");
  }

  @Test
  void theProgramIsTheOneThatThePolicyNames() throws Exception {
    tools.tool("k3s", "shift\n" + KUBECTL);
    policy("kubectl: [k3s, kubectl]\n");

    deploy().ok();

    assertThat(tools.calls("kubectl")).isEmpty();
    assertThat(tools.calls("k3s")).contains("kubectl apply --server-side -f -");
  }

  @Test
  void twoDontDeployAtOnce() throws Exception {
    policy("lockTimeout: 1s\n");
    try (var channel =
        FileChannel.open(
            folder.resolve("policy.yaml.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      assertThat(channel.lock()).isNotNull();

      assertThat(deploy().failed(1).err()).contains("another deployment is under way");
      deploy("--dry-run").ok();
    }
    assertThat(tools.calls("kubectl")).isEmpty();
    deploy().ok();
  }
}
