package io.github.tugoci.cli;

import static io.github.tugoci.fixture.DependentChart.archive;
import static io.github.tugoci.fixture.DependentChart.charts;
import static io.github.tugoci.fixture.DependentChart.on;
import static io.github.tugoci.fixture.DependentChart.push;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.DependentChart;
import io.github.tugoci.registry.RegistryClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tug chart dependency}, on an embedded registry. */
class DependencyCommandsTest {
  @AutoClose private final EmbeddedRegistry registry = EmbeddedRegistry.start();
  private final Path folder;
  private final Run run;

  DependencyCommandsTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    this.run = Run.in(folder.resolve("home"));
  }

  @BeforeEach
  void offer() throws Exception {
    try (var client = RegistryClient.anonymous()) {
      push(client, registry.host() + "/charts", archive(folder.resolve("packed"), "dep", "1.0.0"));
    }
  }

  private String oci() {
    return "oci://" + registry.host() + "/charts";
  }

  private Path chart(String repository) throws Exception {
    return DependentChart.write(folder.resolve("shop"), on("dep", "^1.0.0", repository));
  }

  @Test
  void whatIsMissingIsListedAndFetched() throws Exception {
    var chart = chart(oci());
    assertThat(run.tug("chart", "dependency", "list", chart).ok().out().lines())
        .containsExactly(
            "NAME  VERSION  REPOSITORY" + " ".repeat(oci().length() - 8) + "STATUS",
            "dep   ^1.0.0   " + oci() + "  missing");

    var updated = run.tug("chart", "dependency", "update", chart).ok();
    assertThat(updated.out()).startsWith("Dependency: " + chart.resolve("charts/dep-1.0.0.tgz"));
    assertThat(folder.resolve("home/cache/tug/charts/sha256")).isNotEmptyDirectory();
    assertThat(run.tug("chart", "dependency", "list", chart).ok().out()).endsWith("  ok\n");

    Files.delete(chart.resolve("charts/dep-1.0.0.tgz"));
    run.tug("chart", "dependency", "build", chart).ok();
    assertThat(charts(chart)).containsExactly("dep-1.0.0.tgz");
  }

  @Test
  void jsonHasItsMembers() throws Exception {
    var chart = chart(oci());
    var updated = run.tug("chart", "dependency", "update", chart, "--format=json").ok().json();
    var listed = run.tug("chart", "dependency", "list", chart, "--format=json").ok().json();

    assertThat(updated.asMap()).containsOnlyKeys("path", "lockDigest", "dependencies");
    assertThat(updated.objects("dependencies").get(0).asMap())
        .containsOnlyKeys("name", "version", "repository", "digest", "path")
        .containsEntry("version", "1.0.0");
    assertThat(listed.objects("dependencies").get(0).asMap())
        .containsOnlyKeys("name", "version", "repository", "status")
        .containsEntry("status", "ok");
  }

  @Test
  void aNameOfHelmsRepositoriesIsKnown() throws Exception {
    var file = folder.resolve("repositories.yaml");
    Files.writeString(
        file,
        "repositories:\n- {name: mine, url: \"%s\", username: ann, password: x}\n- broken\n"
            .formatted(oci()));
    var chart = chart("@mine");

    run.tug("chart", "dependency", "update", chart).failed(2);
    run.variable("HELM_REPOSITORY_CONFIG", file.toString())
        .tug("chart", "dependency", "update", chart)
        .ok();

    assertThat(chart.resolve("Chart.lock")).content().contains(oci());
    Files.writeString(file, "a: [");
    run.tug("chart", "dependency", "update", chart).failed(2);
  }

  @Test
  void aChartIsPackagedWithWhatItNeeds() throws Exception {
    run.tug("chart", "package", chart(oci()), "-d", folder).failed(2);

    run.tug("chart", "package", chart(oci()), "-d", folder, "--dependency-update").ok();

    assertThat(folder.resolve("shop-1.0.0.tgz")).exists();
  }

  @Test
  void aLockOutOfSyncIsAnError() throws Exception {
    run.tug("chart", "dependency", "update", chart(oci())).ok();
    DependentChart.write(folder.resolve("shop"), on("dep", "1.0.0", oci()));

    assertThat(run.tug("chart", "dependency", "build", folder.resolve("shop")).failed(2).err())
        .contains("out of sync");
  }

  @Test
  void chartsThatNobodyAskedForAreTold() throws Exception {
    var chart = Files.createDirectories(folder.resolve("alone"));
    Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: a\nversion: 1.0.0\n");
    archive(chart.resolve("charts"), "stray", "1.0.0");
    Files.writeString(chart.resolve("charts/broken.tgz"), "broken");

    assertThat(run.tug("chart", "dependency", "list", chart).ok().err())
        .contains("no dependencies: ", "not in Chart.yaml: ")
        .contains("not a chart: ");
  }
}
