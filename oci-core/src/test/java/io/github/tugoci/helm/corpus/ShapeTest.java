package io.github.tugoci.helm.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.helm.ChartLimits;
import io.github.tugoci.helm.ChartLint;
import io.github.tugoci.helm.corpus.Shape.Verdict;
import io.github.tugoci.schema.ValuesLint;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our lint's verdict on each shape is that of both Helms; {@link CorpusIT} asks them. */
class ShapeTest {
  private final Path temp;

  ShapeTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @ParameterizedTest
  @MethodSource("io.github.tugoci.helm.corpus.Shape#all")
  void ourVerdictIsHelms(Shape shape) throws Exception {
    var chart = ChartSource.write(temp.resolve("source"), shape.source());
    var findings = new ArrayList<>(ChartLint.lint(chart, ChartLimits.HELM));
    findings.addAll(ValuesLint.lint(chart, ChartLimits.HELM));

    assertThat(Verdict.of(findings, "helm4")).as("Helm 4: " + findings).isEqualTo(shape.helm4());
    // What Helm 3 alone refuses is no more than a warning.
    var helm3 = shape.helm3() == Verdict.FAILED && shape.helm4() != Verdict.FAILED;
    assertThat(Verdict.of(findings, "helm3"))
        .as("Helm 3: " + findings)
        .isEqualTo(helm3 ? Verdict.WARNED : shape.helm3());
  }
}
