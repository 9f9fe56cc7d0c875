package io.github.tugoci.examples;

import io.github.tugoci.helm.ChartLimits;
import io.github.tugoci.helm.ChartLint;
import io.github.tugoci.schema.ValuesLint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;

/**
 * Examines a chart by Helm's rules, and its values by its {@code values.schema.json}: {@code
 * LintChart helm/shop}.
 */
public final class LintChart {
  private LintChart() {}

  public static void main(String... args) throws IOException {
    var chart = Path.of(args[0]);
    var findings = new ArrayList<>(ChartLint.lint(chart, ChartLimits.HELM));
    findings.addAll(ValuesLint.lint(chart, ChartLimits.HELM));
    for (var finding : findings) {
      System.out.println(finding.severity() + " " + finding.path() + ": " + finding.message());
    }
  }
}
