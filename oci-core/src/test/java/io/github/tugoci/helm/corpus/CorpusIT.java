package io.github.tugoci.helm.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.helm.InvalidChartException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the real Helm packages we package, byte for byte, and what it refuses we refuse. */
class CorpusIT {
  private final Path temp;

  CorpusIT(@TempDir Path temp) {
    this.temp = temp;
  }

  @ParameterizedTest
  @MethodSource("io.github.tugoci.helm.corpus.ChartCase#all")
  void aChartIsPackagedAsHelmDoesIt(ChartCase chart) throws Exception {
    var packaging = Packaging.of(chart.source(), temp);
    var helms = packaging.byHelm();
    var ours = packaging.byUs().path();
    assertThat(ours.getFileName()).isEqualTo(helms.getFileName());
    assertSame(RawTar.read(ours), RawTar.read(helms).sorted());
  }

  /** The metadata first: its differences are the ones that a person can read. */
  private static void assertSame(RawTar ours, RawTar helms) {
    assertThat(ours.paths()).isEqualTo(helms.paths());
    for (int i = 0; i < helms.members().size(); i++) {
      var our = ours.members().get(i);
      var their = helms.members().get(i);
      assertThat(our.content()).as(their.path()).isEqualTo(their.content());
      assertThat(our.header()).as("header of " + their.path()).isEqualTo(their.header());
    }
    assertThat(ours.end()).isEqualTo(helms.end());
  }

  @ParameterizedTest
  @MethodSource("io.github.tugoci.helm.corpus.RefusedCases#all")
  void aChartIsRefusedAsHelmDoesIt(RefusedCase chart) {
    var packaging = Packaging.of(chart.source(), temp);
    assertThatThrownBy(packaging::byHelm).hasMessageContaining(chart.helmSays());
    assertThatThrownBy(packaging::byUs)
        .isInstanceOfAny(InvalidChartException.class, InvalidContentException.class)
        .hasMessageContaining(chart.weSay());
  }
}
