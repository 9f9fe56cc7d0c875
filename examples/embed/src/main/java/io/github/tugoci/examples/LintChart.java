package io.github.tugoci.examples;

import io.github.tugoci.helm.ChartLimits;
import io.github.tugoci.helm.ChartLint;
import io.github.tugoci.helm.KubeVersionLint;
import io.github.tugoci.schema.UserValues;
import io.github.tugoci.schema.ValuesLint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * Examines a chart by Helm's rules and for a version of Kubernetes, and its values, with those of
 * more files, by its {@code values.schema.json}: {@code LintChart helm/shop 1.33 ci/values.yaml}.
 */
public final class LintChart {
  private LintChart() {}

  public static void main(String... args) throws IOException {
    var chart = Path.of(args[0]);
    var kubernetes = KubeVersionLint.parse(args[1]).orElseThrow();
    var values = UserValues.builder();
    for (var file : Arrays.asList(args).subList(2, args.length)) {
      values.file(Path.of(file));
    }
    var findings = new ArrayList<>(ChartLint.lint(chart, ChartLimits.HELM));
    findings.addAll(KubeVersionLint.lint(chart, ChartLimits.HELM, kubernetes));
    findings.addAll(ValuesLint.lint(chart, ChartLimits.HELM, values.build()));
    for (var finding : findings) {
      System.out.println(finding.severity() + " " + finding.path() + ": " + finding.message());
    }
  }
}
