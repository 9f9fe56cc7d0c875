package io.github.tugoci.helm.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.fixture.HelmOracle;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.helm.InvalidChartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the real Helm packages we package, byte for byte, and what it refuses we refuse. */
class CorpusIT {
  private final Path temp;

  CorpusIT(@TempDir Path temp) {
    this.temp = temp;
  }

  static List<ChartCase> accepted() {
    return Stream.of(
            MetadataCases.all(),
            ScalarCases.all(),
            WritingCases.all(),
            IgnoreCases.all(),
            FileCases.all(),
            SubchartCases.all())
        .flatMap(List::stream)
        .toList();
  }

  static List<RefusedCase> refused() {
    return RefusedCases.all();
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void aChartIsPackagedAsHelmDoesIt(ChartCase chart) throws Exception {
    var source = ChartSource.write(temp.resolve("source"), chart.source());
    var helms = packagedByHelm(source);
    var ours = packagedByUs(source);
    assertThat(ours.getFileName()).isEqualTo(helms.getFileName());
    assertSame(RawTar.read(ours), RawTar.read(helms).sorted());
  }

  /** The metadata first: its differences are the ones that a person can read. */
  private static void assertSame(RawTar ours, RawTar helms) {
    assertThat(ours.sorted().paths()).isEqualTo(helms.paths());
    for (int i = 0; i < helms.members().size(); i++) {
      var our = ours.sorted().members().get(i);
      var their = helms.members().get(i);
      assertThat(our.content()).as(their.path()).isEqualTo(their.content());
      assertThat(our.header()).as("header of " + their.path()).isEqualTo(their.header());
    }
    assertThat(ours.end()).isEqualTo(helms.end());
  }

  @ParameterizedTest
  @MethodSource("refused")
  void aChartIsRefusedAsHelmDoesIt(RefusedCase chart) {
    var source = ChartSource.write(temp.resolve("source"), chart.source());
    assertThatThrownBy(() -> packagedByHelm(source)).hasMessageContaining(chart.helmSays());
    assertThatThrownBy(() -> packagedByUs(source))
        .isInstanceOfAny(InvalidChartException.class, InvalidContentException.class)
        .hasMessageContaining(chart.weSay());
  }

  private Path packagedByHelm(Path source) throws IOException {
    var into = Files.createDirectories(temp.resolve("helm"));
    HelmOracle.packageChart(source, into);
    try (var files = Files.list(into)) {
      var all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  private Path packagedByUs(Path source) throws IOException {
    return ChartPackager.reproducible().write(Chart.read(source), temp.resolve("ours")).path();
  }
}
