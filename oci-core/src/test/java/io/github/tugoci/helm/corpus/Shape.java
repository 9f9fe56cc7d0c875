package io.github.tugoci.helm.corpus;

import io.github.tugoci.helm.ChartFinding;
import io.github.tugoci.helm.ChartFinding.Rules;
import io.github.tugoci.helm.ChartFinding.Severity;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A chart of a shape that public charts have, with what both Helms' lint says of it.
 *
 * @param name what it tells apart
 * @param helm3 Helm 3's verdict
 * @param helm4 Helm 4's verdict
 * @param source writes what the chart has besides a plain Chart.yaml, values and a template
 */
record Shape(String name, Verdict helm3, Verdict helm4, Consumer<ChartSource> source) {
  /** How lint ends, without --strict and with it. */
  enum Verdict {
    /** No warnings. */
    FINE,
    /** Fails with --strict. */
    WARNED,
    /** Fails. */
    FAILED;

    /** Ours, by the rules of one of the Helms, by its program's name. */
    static Verdict of(List<ChartFinding> findings, String helm) {
      var by = helm.equals("helm3") ? Rules.HELM_3 : Rules.HELM_4;
      var verdict = FINE;
      for (var finding : findings) {
        boolean counts = finding.rules() == Rules.HELM || finding.rules() == by;
        if (counts && finding.severity() == Severity.ERROR) {
          return FAILED;
        }
        verdict = counts && finding.severity() == Severity.WARNING ? WARNED : verdict;
      }
      return verdict;
    }
  }

  static Shape shape(String name, Verdict helm3, Verdict helm4, Consumer<ChartSource> source) {
    return new Shape(
        name,
        helm3,
        helm4,
        chart -> source.accept(chart.file("templates/NOTES.txt", "{{ .Release.Name }}\n")));
  }

  static List<Shape> all() {
    return Stream.of(MetadataShapes.all(), SchemaShapes.all(), FileShapes.all())
        .flatMap(List::stream)
        .toList();
  }

  /** Helm's verdict by its name. */
  Verdict verdict(String helm) {
    return helm.equals("helm3") ? helm3 : helm4;
  }

  @Override
  public String toString() {
    return name;
  }
}
