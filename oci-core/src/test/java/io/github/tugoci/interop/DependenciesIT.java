package io.github.tugoci.interop;

import static io.github.tugoci.fixture.DependentChart.archive;
import static io.github.tugoci.fixture.DependentChart.charts;
import static io.github.tugoci.fixture.DependentChart.on;
import static io.github.tugoci.fixture.DependentChart.push;
import static io.github.tugoci.fixture.DependentChart.small;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.dependency.Dependencies;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.DependentChart;
import io.github.tugoci.fixture.HelmOracle;
import io.github.tugoci.registry.RegistryClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real Helm and we resolve, fetch and lock the same. */
class DependenciesIT {
  private static final String FILE = "file://../other";

  @AutoClose private final EmbeddedRegistry registry = EmbeddedRegistry.start();
  @AutoClose private final RegistryClient client = RegistryClient.anonymous();
  private final Path temp;
  private final Dependencies dependencies;

  DependenciesIT(@TempDir Path temp) throws Exception {
    this.temp = temp;
    this.dependencies = DependentChart.over(client, temp.resolve("cache"), "", "");
  }

  @BeforeEach
  void offer() throws Exception {
    for (var version : new String[] {"1.0.0", "1.2.0", "1.3.0+b.1", "2.0.0-rc.1"}) {
      push(client, registry.host() + "/charts", archive(temp.resolve("packed"), "dep", version));
    }
    small(temp.resolve("other"), "other", "0.3.1");
  }

  private String oci() {
    return "oci://" + registry.host() + "/charts";
  }

  private Path chart(String name, String lines) throws Exception {
    var chart = DependentChart.write(temp.resolve(name), lines);
    small(chart.resolve("charts/own"), "own", "1.0.0");
    archive(temp.resolve("packed"), "stray", "1.0.0");
    Files.copy(temp.resolve("packed/stray-1.0.0.tgz"), chart.resolve("charts/stray-1.0.0.tgz"));
    return chart;
  }

  private static String lock(Path chart, String name) throws Exception {
    return Files.readString(chart.resolve(name)).replaceFirst("generated: .*", "");
  }

  private void assertSame(String lines) throws Exception {
    var helms = chart("helms", lines);
    var ours = chart("ours", lines);

    HelmOracle.updateDependencies(helms);
    dependencies.update(ours);

    assertThat(lock(ours, "Chart.lock")).isEqualTo(lock(helms, "Chart.lock"));
    assertThat(charts(ours)).isEqualTo(charts(helms));
    HelmOracle.buildDependencies(ours);
    assertThat(HelmOracle.dependencyStatuses(ours))
        .isEqualTo(
            Dependencies.list(ours).dependencies().stream()
                .map(entry -> entry.status().toString())
                .toList());
    dependencies.build(helms);
    assertThat(charts(ours)).isEqualTo(charts(helms));
  }

  @ParameterizedTest
  @ValueSource(strings = {"^1.0.0", "1.2.0", "1.3.0+b.1", "~1.0", ">=2.0.0-0", "*"})
  void aRegistrysChartIsTheSame(String version) throws Exception {
    assertSame(on("dep", version, oci()));
  }

  @Test
  void severalRepositoriesAreTheSame() throws Exception {
    assertSame(
        on("dep", "1.0.0", oci())
            + on("other", ">=0", FILE)
            + "- {name: own, version: '>=1', alias: mine, tags: [a, b], condition: own.on}\n"
            + "- {name: dep, version: 1.x, repository: '"
            + oci()
            + "', alias: second, import-values: [{child: a, parent: <b>}]}\n");
  }

  @Test
  void aChartOfHelm2IsTheSame() throws Exception {
    for (var name : new String[] {"helms", "ours"}) {
      var chart = Files.createDirectories(temp.resolve(name));
      Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v1\nname: a\nversion: 1.0.0\n");
      Files.writeString(
          chart.resolve("requirements.yaml"), "dependencies:\n" + on("other", "0.x", FILE));
    }
    HelmOracle.updateDependencies(temp.resolve("helms"));
    dependencies.update(temp.resolve("ours"));

    assertThat(lock(temp.resolve("ours"), "requirements.lock"))
        .isEqualTo(lock(temp.resolve("helms"), "requirements.lock"));
    assertThat(temp.resolve("ours/Chart.lock")).doesNotExist();
    HelmOracle.buildDependencies(temp.resolve("ours"));
    dependencies.build(temp.resolve("helms"));
  }

  @Test
  void aStatusIsHelms() throws Exception {
    var chart =
        DependentChart.write(
            temp.resolve("statuses"),
            on("fine", "^1", FILE)
                + on("away", "^1", FILE)
                + on("old", "^2", FILE)
                + on("unpacked", "1.0.0", FILE)
                + on("unversioned", "", FILE)
                + on("two", "^1", FILE)
                + on("mis", "^1", FILE));
    var charts = chart.resolve("charts");
    for (var name : new String[] {"fine", "old", "unversioned", "two"}) {
      archive(charts, name, "1.0.0");
    }
    archive(charts, "two", "1.1.0");
    archive(charts, "named", "1.0.0");
    Files.move(charts.resolve("named-1.0.0.tgz"), charts.resolve("mis-1.0.0.tgz"));
    try (var sources = Files.list(charts)) {
      for (var source : sources.filter(Files::isDirectory).toList()) {
        Files.move(source, temp.resolve(source.getFileName()));
      }
    }
    small(charts.resolve("directory"), "unpacked", "1.0.0");

    assertThat(HelmOracle.dependencyStatuses(chart))
        .isEqualTo(
            Dependencies.list(chart).dependencies().stream()
                .map(entry -> entry.status().toString())
                .toList())
        .contains("ok", "missing", "wrong version", "unpacked", "too many matches", "misnamed");
  }
}
