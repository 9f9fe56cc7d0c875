package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.SampleCharts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tug chart}, on an embedded registry. */
class ChartCommandsTest {
  private final Path folder;
  private final Run run;
  private EmbeddedRegistry registry;

  ChartCommandsTest(@TempDir Path folder) {
    this.folder = folder;
    this.run = Run.in(folder.resolve("home"));
  }

  @BeforeEach
  void start() throws Exception {
    registry = EmbeddedRegistry.start();
  }

  @AfterEach
  void stop() throws Exception {
    registry.close();
  }

  private Path chart(String version) throws Exception {
    return SampleCharts.write(folder.resolve("charts-" + version), "hello", version);
  }

  private String charts() {
    return "oci://" + registry.host() + "/acme/charts";
  }

  @Test
  void aDirectoryIsPushedAndComesBack() throws Exception {
    var packaged = run.tug("chart", "package", chart("1.2.3"), "-d", folder).ok();
    var pushed = run.tug("chart", "push", chart("1.2.3"), charts()).ok();
    var pulled =
        run.tug("chart", "pull", charts() + "/hello:1.2.3", "-d", folder.resolve("out")).ok();

    assertThat(packaged.out()).startsWith("Packaged: " + folder.resolve("hello-1.2.3.tgz"));
    assertThat(pushed.out().lines())
        .hasSize(2)
        .first()
        .isEqualTo("Pushed: " + registry.host() + "/acme/charts/hello:1.2.3");
    assertThat(pulled.out()).contains("Pulled: " + registry.host() + "/acme/charts/hello:1.2.3");
    assertThat(folder.resolve("out/hello-1.2.3.tgz"))
        .hasSameBinaryContentAs(folder.resolve("hello-1.2.3.tgz"));
    assertThat(pushed.err() + pulled.err()).isEmpty();
  }

  @Test
  void aTagOnAChartOfAnotherVersionIsTold() throws Exception {
    run.tug("chart", "push", chart("1.2.3"), charts()).ok();
    run.tug("tag", registry.host() + "/acme/charts/hello:1.2.3", "2.0.0", "1.2", "stable").ok();

    for (var tag : List.of("1.2.3", "1.2", "stable")) {
      var pulled = run.tug("chart", "pull", charts() + "/hello:" + tag, "-d", folder).ok();
      assertThat(pulled.err()).isEmpty();
    }
    var reference = charts() + "/hello";
    assertThat(
            List.of(
                run.tug("chart", "pull", reference, "--version", "2.0.0", "-d", folder).ok().err(),
                run.tug("pull", reference + ":2.0.0", "-d", folder).ok().err()))
        .allSatisfy(
            err ->
                assertThat(err)
                    .contains("/acme/charts/hello:2.0.0 holds version 1.2.3 by its Chart.yaml"));
  }

  @Test
  void jsonHasTheContractsMembers() throws Exception {
    var packaged =
        run.tug("chart", "package", chart("1.2.3"), "-d", folder, "--format", "json").ok().json();
    var pushed =
        run.tug("chart", "push", folder.resolve("hello-1.2.3.tgz"), charts(), "--format=json")
            .ok()
            .json();
    var pulled =
        run.tug("chart", "pull", charts() + "/hello", "-d", folder, "--format=json").ok().json();
    var versions = run.tug("chart", "versions", charts() + "/hello", "--format=json").ok().json();

    assertThat(packaged.asMap()).containsOnlyKeys("path", "name", "version", "digest", "size");
    assertThat(pushed.asMap())
        .containsOnlyKeys("reference", "tag", "digest", "size", "name", "version")
        .containsEntry("reference", registry.host() + "/acme/charts/hello:1.2.3");
    assertThat(pulled.asMap())
        .containsOnlyKeys("path", "reference", "digest", "name", "version")
        .containsEntry("digest", pushed.requiredString("digest"));
    assertThat(versions.asMap()).containsOnlyKeys("reference", "versions");
    assertThat(versions.objects("versions").get(0).asMap())
        .containsEntry("version", "1.2.3")
        .containsEntry("tag", "1.2.3");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1.3.0",
    "^1.2, 1.3.0",
    "~1.2.0, 1.2.9",
    "1.2.3+b1, 1.2.3+b1",
    "'>=2.0.0-0', 2.0.0-rc.1",
  })
  void theNewestVersionThatWillDoIsPulled(String constraint, String expected) throws Exception {
    for (var version : new String[] {"1.2.3+b1", "1.2.9", "1.3.0", "2.0.0-rc.1"}) {
      run.tug("chart", "push", chart(version), charts()).ok();
    }

    var pulled =
        run.tug(
                "chart",
                "pull",
                charts() + "/hello",
                "--version=" + constraint,
                "--untar",
                "--destination",
                folder.resolve("out"),
                "--format=json")
            .ok();

    assertThat(pulled.json().requiredString("version")).isEqualTo(expected);
    assertThat(folder.resolve("out/hello/Chart.yaml")).content().contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {":1.2.3+b1", ":1.2.3_b1", ":1.2.3+b1@DIGEST", "@DIGEST"})
  void everyFormOfReferenceIsUnderstood(String form) throws Exception {
    var digest =
        run.tug("chart", "push", chart("1.2.3+b1"), charts(), "--format=json")
            .ok()
            .json()
            .requiredString("digest");

    run.tug("chart", "pull", charts() + "/hello" + form.replace("DIGEST", digest), "-d", folder)
        .ok();

    assertThat(folder.resolve("hello-1.2.3+b1.tgz")).exists();
  }

  @Test
  void versionsAreListedNewestFirstWithoutPrereleases() throws Exception {
    for (var version : new String[] {"1.2.9", "1.10.0", "2.0.0-rc.1"}) {
      run.tug("chart", "push", chart(version), charts()).ok();
    }

    assertThat(run.tug("chart", "versions", charts() + "/hello").ok().out())
        .isEqualTo("1.10.0\n1.2.9\n");
    assertThat(run.tug("chart", "versions", charts() + "/hello", "--devel", "--latest").ok().out())
        .isEqualTo("2.0.0-rc.1\n");
  }

  @Test
  void versionsThatHelmFindsByTheirTagOnlyAreTold() throws Exception {
    for (var version : new String[] {"v1.2.3", "v1.10.0+b", "1.5"}) {
      run.tug("chart", "push", chart(version), charts()).ok();
    }
    var listed = run.tug("chart", "versions", charts() + "/hello").ok();

    assertThat(listed.out()).isEmpty();
    assertThat(listed.err())
        .contains("v1.10.0_b, 1.5, v1.2.3;", "/acme/charts/hello:v1.10.0_b")
        .startsWith("warning: left out");
    run.tug("chart", "push", chart("1.0.0"), charts()).ok();
    var json = run.tug("chart", "versions", charts() + "/hello", "--format=json").ok().json();
    assertThat(json.objects("versions")).hasSize(1);
    assertThat(json.asMap().get("omitted")).isEqualTo(List.of("v1.10.0_b", "1.5", "v1.2.3"));
  }

  @Test
  void aVersionIsntOverwrittenWhereThatIsForbidden() throws Exception {
    run.tug("chart", "push", chart("1.0.0"), charts()).ok();
    run.tug("chart", "push", chart("1.0.0"), charts(), "--no-overwrite").ok();
    var before = run.tug("resolve", charts() + "/hello:1.0.0").ok().out();

    Files.writeString(chart("1.0.0").resolve("values.yaml"), "changed: true\n");
    var refused =
        run.tug("chart", "push", folder.resolve("charts-1.0.0/hello"), charts(), "--no-overwrite");

    refused.failed(8);
    assertThat(refused.err()).contains("hint: leave --no-overwrite out");
    assertThat(run.tug("resolve", charts() + "/hello:1.0.0").ok().out()).isEqualTo(before);
  }

  @Test
  void aChartGoesToALayoutToo() throws Exception {
    run.tug("chart", "push", chart("1.0.0"), "oci:" + folder.resolve("layout")).ok();

    run.tug("chart", "pull", "oci:" + folder.resolve("layout") + ":1.0.0", "-d", folder).ok();

    assertThat(folder.resolve("hello-1.0.0.tgz")).exists();
  }

  @Test
  void whatIsNoChartIsRefused() throws Exception {
    run.tug("chart", "push", folder.resolve("none"), charts()).failed(3);
    assertThat(run.tug("chart", "push", folder, charts()).failed(2).err())
        .contains("it has no Chart.yaml");
    var text = Files.writeString(folder.resolve("text.tgz"), "no archive");
    assertThat(run.tug("chart", "push", text, charts()).failed(5).err()).contains("text.tgz");
    assertThat(run.tug("chart", "package", text).failed(2).err()).contains("not a directory: ");
    assertThat(run.tug("chart", "push", chart("1.0.0"), charts() + "/x:1").failed(2).err())
        .contains("has a tag or digest");
    assertThat(
            run.tug("chart", "push", chart("1.0.0"), "oci://" + registry.host() + "/Acme")
                .failed(2)
                .err())
        .contains("write acme");
  }

  @Test
  void whatIsntThereIsNotFound() throws Exception {
    run.tug("chart", "push", chart("1.0.0"), charts()).ok();

    run.tug("chart", "pull", charts() + "/hello:9", "-d", folder.resolve("out")).failed(3);
    run.tug("chart", "pull", charts() + "/other", "-d", folder.resolve("out")).failed(3);
    assertThat(
            run.tug("chart", "pull", charts() + "/hello", "--version", "^9", "-d", folder)
                .failed(3)
                .err())
        .contains("the newest is 1.0.0");
    assertThat(run.tug("chart", "pull", charts() + "/hello", "--version", "^^").failed(2).err())
        .contains("expected a version or a constraint");
    run.tug("chart", "pull", charts() + "/hello:1.0.0", "--version", "2.0.0").failed(2);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aChartIsShownFromADirectoryAndARegistryAlike() throws Exception {
    var chart = chart("1.2.3");
    Files.createDirectories(chart.resolve("crds"));
    Files.writeString(chart.resolve("crds/thing.yaml"), "kind: CustomResourceDefinition\n");
    run.tug("chart", "push", chart, charts()).ok();

    for (var part : new String[] {"chart", "values", "readme", "crds", "all"}) {
      var here = run.tug("chart", "show", part, chart).ok();
      var there = run.tug("chart", "show", part, charts() + "/hello").ok();
      assertThat(there.out()).isNotEmpty().isEqualTo(here.out());
    }
    assertThat(run.tug("chart", "show", "values", chart).out())
        .isEqualTo("# who is greeted\nwho: world\n\n");
    assertThat(run.tug("chart", "show", "all", chart, "--format=json").ok().json().asMap())
        .containsOnlyKeys("chart", "values", "readme", "crds");
    run.tug("chart", "show", "all", folder.resolve("none")).failed(3);
    run.tug("chart", "show", "nothing", chart).failed(2);
  }
}
