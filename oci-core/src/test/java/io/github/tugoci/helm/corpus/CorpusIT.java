package io.github.tugoci.helm.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.fixture.HelmProgram;
import io.github.tugoci.helm.corpus.Shape.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the real Helm 3 and Helm 4 package we package, byte for byte, what they refuse we refuse;
 * and what their lint says of shapes of public charts.
 */
class CorpusIT {
  private static final List<String> HELMS = List.of("helm3", "helm4");

  private final Path temp;

  CorpusIT(@TempDir Path temp) {
    this.temp = temp;
  }

  @ParameterizedTest
  @MethodSource("io.github.tugoci.helm.corpus.ChartCase#all")
  void aChartIsPackagedAsHelmDoesIt(ChartCase chart) throws Exception {
    var packaging = Packaging.of(chart.source(), temp);
    var ours = packaging.byUs().path();
    for (var helm : chart.helms()) {
      var helms = packaging.byHelm(helm);
      assertThat(ours.getFileName()).isEqualTo(helms.getFileName());
      assertSame(RawTar.read(ours), RawTar.read(helms).sorted());
    }
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
  void aChartIsRefusedAsHelmDoesIt(RefusedCase chart) throws Exception {
    var packaging = Packaging.of(chart.source(), temp);
    for (var helm : HELMS) {
      var run = packaging.run(helm);
      assertThat(run.exitCode()).isNotZero();
      assertThat(run.err()).contains(chart.helmSays());
    }
    assertThatThrownBy(packaging::byUs)
        .isInstanceOfAny(InvalidChartException.class, InvalidContentException.class)
        .hasMessageContaining(chart.weSay());
  }

  @ParameterizedTest
  @MethodSource("io.github.tugoci.helm.corpus.Shape#all")
  void lintSaysOfAShapeWhatIsTold(Shape shape) throws Exception {
    var chart = ChartSource.write(temp.resolve("source"), shape.source());
    for (var helm : HELMS) {
      assertThat(verdict(helm, chart)).as(helm).isEqualTo(shape.verdict(helm));
    }
  }

  private Verdict verdict(String helm, Path chart) throws Exception {
    var lint = HelmProgram.of(helm, temp.resolve("home"), "lint", chart.toString());
    if (lint.run().exitCode() != 0) {
      return Verdict.FAILED;
    }
    return lint.with("--strict").run().exitCode() == 0 ? Verdict.FINE : Verdict.WARNED;
  }

  @ParameterizedTest
  @MethodSource("io.github.tugoci.helm.corpus.Shape#all")
  void aShapeIsPackagedAsTheHelmsDoThatTakeIt(Shape shape) throws Exception {
    var packaging = Packaging.of(shape.source(), temp);
    var takers = new ArrayList<String>();
    for (var helm : HELMS) {
      if (packaging.run(helm).exitCode() == 0) {
        takers.add(helm);
      }
    }
    Path ours;
    try {
      ours = packaging.byUs().path();
    } catch (InvalidChartException | InvalidContentException e) {
      assertThat(takers).as(String.valueOf(e.getMessage())).doesNotContain("helm4");
      return;
    }
    assertThat(takers).isNotEmpty();
    for (var helm : takers) {
      assertSame(RawTar.read(ours), RawTar.read(packaging.byHelm(helm)).sorted());
    }
  }
}
