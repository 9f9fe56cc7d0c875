package io.github.tugoci.helm.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.fixture.HelmOracle;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.tar.TarEntry;
import io.github.tugoci.tar.TarLimits;
import io.github.tugoci.tar.TarReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each chart packaged by the real Helm and by us: the same entries in the same order, with the same
 * bytes. No chart here has two subcharts beside each other, which Helm writes in a random order.
 */
class CorpusIT {
  private final Path temp;

  CorpusIT(@TempDir Path temp) {
    this.temp = temp;
  }

  static Stream<ChartCase> accepted() {
    return Accepted.charts();
  }

  static Stream<ChartCase> refused() {
    return Refused.charts();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("accepted")
  void weMakeTheSamePackageAsHelm(ChartCase chart) throws Exception {
    var source = chart.write(temp);
    var helms = Files.createDirectories(temp.resolve("helm"));

    HelmOracle.packageChart(source, helms);
    var ours = ChartPackager.reproducible().write(Chart.read(source), temp.resolve("ours"));

    var helm = onlyFile(helms);
    assertThat(ours.path().getFileName()).isEqualTo(helm.getFileName());
    assertThat(entries(ours.path())).isEqualTo(entries(helm));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void weRefuseWhatHelmRefuses(ChartCase chart) throws Exception {
    var source = chart.write(temp);

    assertThatThrownBy(() -> HelmOracle.packageChart(source, temp))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(
            () -> ChartPackager.reproducible().write(Chart.read(source), temp.resolve("ours")))
        .isInstanceOf(IOException.class);
    assertThat(temp.resolve("ours"))
        .satisfiesAnyOf(
            folder -> assertThat(folder).doesNotExist(),
            folder -> assertThat(folder).isEmptyDirectory());
  }

  private static Path onlyFile(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList().get(0);
    }
  }

  /** Everything of each entry but its time, as text. */
  private static List<String> entries(Path archive) throws IOException {
    var entries = new ArrayList<String>();
    try (var tar = TarReader.openGzip(Files.newInputStream(archive), TarLimits.NONE)) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        entries.add(describe(entry.get()) + new String(tar.content().readAllBytes(), UTF_8));
      }
    }
    return entries;
  }

  private static String describe(TarEntry entry) {
    return "%s %s %o %d:%d %s%n"
        .formatted(
            entry.name(), entry.type(), entry.mode(), entry.uid(), entry.gid(), entry.linkName());
  }
}
