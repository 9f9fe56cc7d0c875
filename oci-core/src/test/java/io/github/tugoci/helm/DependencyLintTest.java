package io.github.tugoci.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.DependentChart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DependencyLintTest {
  private static final String REPOSITORY = "https://example.com/charts";

  private final Path chart;

  DependencyLintTest(@TempDir Path temp) {
    this.chart = temp.resolve("shop");
  }

  private List<String> findings() throws Exception {
    return DependencyLint.lint(Chart.read(chart)).stream()
        .map(finding -> finding.path() + ": " + finding.message())
        .toList();
  }

  private void lock(String version, String repository) throws Exception {
    var wanted =
        Objects.requireNonNull(Chart.readHead(chart).metadata().asMap().get("dependencies"));
    var locked = new LinkedHashMap<String, String>();
    locked.put("name", "dep");
    locked.put("version", version);
    locked.put("repository", repository);
    Files.write(
        chart.resolve(ChartLock.FILE),
        ChartLock.of((List<?>) wanted, List.of(locked), OffsetDateTime.now(ZoneOffset.UTC))
            .toYaml());
  }

  @Test
  void aLockOfOtherDependenciesIsFound() throws Exception {
    DependentChart.write(chart, DependentChart.on("dep", "^1.0.0", REPOSITORY));
    lock("1.2.0", REPOSITORY);
    assertThat(findings()).isEmpty();

    DependentChart.write(chart, DependentChart.on("dep", "^2.0.0", REPOSITORY));
    assertThat(findings())
        .containsExactly(
            "Chart.lock: out of sync with the dependencies in Chart.yaml; update the dependencies");

    Files.writeString(chart.resolve("Chart.yaml"), "{apiVersion: v2, name: a, version: 1.0.0}");
    assertThat(findings()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"^1.0.0, dep, 0", "1.2.0, dep, 0", "^2.0.0, dep, 1", "^1.0.0, other, 1"})
  void aLockOfARepositoryWithANameIsComparedByVersions(String version, String name, int found)
      throws Exception {
    DependentChart.write(chart, DependentChart.on("dep", "^1.0.0", "@stable"));
    lock("1.2.0", REPOSITORY);
    DependentChart.write(chart, DependentChart.on(name, version, "@stable"));

    assertThat(findings()).hasSize(found);
  }

  @Test
  void twoChartsOfANameAreFound() throws Exception {
    DependentChart.write(chart, DependentChart.on("dep", "*", REPOSITORY));
    DependentChart.small(chart.resolve("charts/one"), "dep", "1.0.0");
    DependentChart.small(chart.resolve("charts/two"), "dep", "2.0.0");

    assertThat(findings())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("charts/dep: there in the versions 1.0.0 and 2.0.0;");
  }

  @Test
  void aSubchartWithoutWhatItNeedsIsFound() throws Exception {
    DependentChart.write(chart, DependentChart.on("shop", "*", REPOSITORY));
    DependentChart.write(chart.resolve("charts/shop"), DependentChart.on("deep", "*", REPOSITORY));

    assertThat(findings())
        .containsExactly(
            "charts/shop: found in its Chart.yaml, but missing in its charts/ directory: deep");
  }
}
