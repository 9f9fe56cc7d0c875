package io.github.tugoci.dependency;

import static io.github.tugoci.fixture.DependentChart.archive;
import static io.github.tugoci.fixture.DependentChart.charts;
import static io.github.tugoci.fixture.DependentChart.on;
import static io.github.tugoci.fixture.DependentChart.push;
import static io.github.tugoci.fixture.DependentChart.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.fixture.DependentChart;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.registry.RegistryClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts in directories that need others themselves, and what the last dependency leaves. */
class NestedDependenciesTest {
  private static final String FILE = "file://../other";

  @AutoClose private final EmbeddedRegistry registry = EmbeddedRegistry.start();
  @AutoClose private final RegistryClient client = RegistryClient.anonymous();
  private final String oci = "oci://" + registry.host() + "/charts";
  private final Path temp;
  private final Dependencies dependencies;

  NestedDependenciesTest(@TempDir Path temp) throws Exception {
    this.temp = temp;
    this.dependencies = DependentChart.over(client, temp.resolve("cache"), "", "");
    small(temp.resolve("other"), "other", "0.3.1");
  }

  private void offer(String name, String version) throws Exception {
    push(client, registry.host() + "/charts", archive(temp.resolve("packed"), name, version));
  }

  private Path chart(String lines) throws Exception {
    return DependentChart.write(temp.resolve("shop"), lines);
  }

  @Test
  void theLastDependencyTakesItsArchivesAndTheLockAlong() throws Exception {
    offer("dep", "1.2.0");
    var chart = chart(on("dep", "^1.0.0", oci) + on("other", "0.x", FILE));
    dependencies.update(chart);
    archive(temp.resolve("packed"), "stray", "1.0.0");
    Files.copy(temp.resolve("packed/stray-1.0.0.tgz"), chart.resolve("charts/stray-1.0.0.tgz"));
    Files.writeString(chart.resolve("charts/notes.txt"), "mine");
    small(chart.resolve("charts/own"), "other", "9.0.0");

    Files.writeString(chart.resolve("Chart.yaml"), "{apiVersion: v2, name: shop, version: 1.0.0}");
    var resolved = dependencies.update(chart);

    assertThat(resolved.lock()).isEmpty();
    assertThat(chart.resolve("Chart.lock")).doesNotExist();
    assertThat(charts(chart)).containsExactly("notes.txt", "own", "stray-1.0.0.tgz");
  }

  @Test
  void archivesThatNoLockNamesStay() throws Exception {
    var chart = small(temp.resolve("alone"), "alone", "1.0.0");
    archive(temp.resolve("packed"), "stray", "1.0.0");
    Files.createDirectory(chart.resolve("charts"));
    Files.copy(temp.resolve("packed/stray-1.0.0.tgz"), chart.resolve("charts/stray-1.0.0.tgz"));

    dependencies.update(chart);

    assertThat(charts(chart)).containsExactly("stray-1.0.0.tgz");
  }

  @Test
  void aChartInADirectoryIsPackedWithWhatItNeeds() throws Exception {
    offer("dep", "1.2.0");
    small(temp.resolve("low"), "low", "0.1.0");
    var middle =
        middle(
            on("low", "0.1.0", "file://../low")
                + on("dep", "^1.0.0", oci)
                + on("other", "0.x", FILE));

    var chart = chart(on("mid", "0.2.0", "file://../mid"));
    dependencies.update(chart);
    var first = Files.readAllBytes(chart.resolve("charts/mid-0.2.0.tgz"));
    dependencies.build(chart);

    var packed = Chart.read(chart.resolve("charts/mid-0.2.0.tgz"));
    assertThat(packed.subcharts())
        .extracting(subchart -> subchart.metadata().toString())
        .containsExactly("dep-1.2.0", "low-0.1.0", "other-0.3.1");
    assertThat(chart.resolve("charts/mid-0.2.0.tgz")).hasBinaryContent(first);
    assertThat(middle.resolve("charts")).doesNotExist();
    assertThat(charts(chart)).containsExactly("mid-0.2.0.tgz");
  }

  @Test
  void aChartInADirectoryKeepsItsLockedVersions() throws Exception {
    offer("dep", "1.2.0");
    var middle = middle(on("dep", "^1.0.0", oci));
    dependencies.update(middle);
    offer("dep", "1.3.0");
    Files.delete(middle.resolve("charts/dep-1.2.0.tgz"));

    var chart = chart(on("mid", "0.2.0", "file://../mid"));
    dependencies.update(chart);

    assertThat(Chart.read(chart.resolve("charts/mid-0.2.0.tgz")).subcharts())
        .extracting(subchart -> subchart.metadata().toString())
        .containsExactly("dep-1.2.0");
  }

  @Test
  void aChartInADirectoryWithoutWhatItNeedsIsRefused() throws Exception {
    middle(on("low", "0.1.0", "file://../low"));
    var chart = chart(on("mid", "0.2.0", "file://../mid"));
    assertThatThrownBy(() -> dependencies.update(chart)).hasMessageContaining("low");

    middle("- {name: low, version: 0.1.0}\n");
    assertThatThrownBy(() -> dependencies.update(chart))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("low names no repository");
    assertThat(chart.resolve("charts")).doesNotExist();
  }

  @Test
  void aChartThatNeedsItselfIsRefused() throws Exception {
    middle(on("shop", "1.0.0", "file://../shop"));
    var chart = chart(on("mid", "0.2.0", "file://../mid"));

    assertThatThrownBy(() -> dependencies.update(chart))
        .isInstanceOf(InvalidChartException.class)
        .hasMessageContaining("circular dependency");
  }

  private Path middle(String lines) throws Exception {
    var middle = DependentChart.write(temp.resolve("mid"), lines);
    var yaml = Files.readString(middle.resolve("Chart.yaml"));
    Files.writeString(
        middle.resolve("Chart.yaml"),
        yaml.replace("name: shop", "name: mid")
            .replace("version: 1.0.0\ndep", "version: 0.2.0\ndep"));
    return middle;
  }
}
