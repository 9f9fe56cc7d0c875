package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ChartLimitsOption;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.cli.shell.JsonRecord.Inline;
import io.github.tugoci.helm.ChartFinding;
import io.github.tugoci.helm.ChartFinding.Rules;
import io.github.tugoci.helm.ChartFinding.Severity;
import io.github.tugoci.helm.ChartLint;
import io.github.tugoci.helm.KubeVersionLint;
import io.github.tugoci.helm.SemanticVersion;
import io.github.tugoci.schema.UserValues;
import io.github.tugoci.schema.ValuesLint;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "lint",
    description = {
      "Check charts by the rules of Helm 4 and Helm 3 that need no rendering.",
      "A finding by a rule that only one of them has says so; what only Helm 3 refuses is a"
          + " warning. Rules on rendered templates are not checked. The exit code is 2 if there are"
          + " errors; with --strict, also for warnings."
    },
    footer = {
      "  tug chart lint helm/shop --strict",
      "  tug chart lint helm/shop -f ci/values.yaml --set image.tag=1.2.0"
    })
public final class ChartLintCommand implements CliCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "CHART",
      description = "A directory or a package (default: the current directory).")
  private List<Path> charts = List.of(Path.of("."));

  @Option(names = "--strict", description = "Treat warnings as errors.")
  private boolean strict;

  @Option(
      names = "--with-subcharts",
      description = "Check the charts below the directory charts too, each on its own.")
  private boolean withSubcharts;

  @Option(
      names = "--skip-schema-validation",
      description = "Don't validate values against values.schema.json.")
  private boolean skipSchemaValidation;

  @Option(
      names = "--kube-version",
      paramLabel = "V",
      description = "Report charts whose kubeVersion doesn't allow this version of Kubernetes.")
  private @Nullable String kubeVersion;

  @Mixin private ValuesOptions values = new ValuesOptions();

  @Mixin private ChartLimitsOption limits = new ChartLimitsOption();

  @Override
  public void run(CommandContext session) throws IOException {
    var examined = new ArrayList<Examined>();
    var kubernetes = kubernetes();
    var given = values.read(session);
    for (var chart : chartsToExamine()) {
      examined.add(examine(chart, given, kubernetes));
    }
    session.print(new Report(examined), text(examined));
    var least = strict ? Severity.WARNING : Severity.ERROR;
    long bad = examined.stream().filter(chart -> chart.has(least)).count();
    if (bad > 0) {
      throw new InvalidInputException(
          "%d of %d charts failed".formatted(bad, examined.size()), null);
    }
  }

  private List<Path> chartsToExamine() throws IOException {
    var all = new ArrayList<Path>();
    for (var chart : charts) {
      if (!Files.exists(chart)) {
        throw new NoSuchFileException(chart.toString());
      }
      all.add(chart);
    }
    if (withSubcharts) {
      for (var chart : charts) {
        addSubcharts(chart.resolve("charts"), all);
      }
    }
    return all;
  }

  /** Whatever looks like a chart, at any depth, as Helm finds it. */
  private static void addSubcharts(Path directory, List<Path> to) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (var paths = Files.walk(directory)) {
      for (var path : paths.sorted().toList()) {
        var name = FileName.of(path);
        if (name.equals("Chart.yaml")) {
          to.add(path.getParent());
        } else if (name.endsWith(".tgz") || name.endsWith(".tar.gz")) {
          to.add(path);
        }
      }
    }
  }

  private Examined examine(Path chart, UserValues given, @Nullable SemanticVersion kubernetes)
      throws IOException {
    var findings = new ArrayList<>(ChartLint.lint(chart, limits.limits()));
    if (!skipSchemaValidation) {
      findings.addAll(ValuesLint.lint(chart, limits.limits(), given));
    }
    if (kubernetes != null) {
      findings.addAll(KubeVersionLint.lint(chart, limits.limits(), kubernetes));
    }
    return new Examined(chart, findings.stream().map(Finding::new).toList());
  }

  private @Nullable SemanticVersion kubernetes() {
    if (kubeVersion == null) {
      return null;
    }
    return KubeVersionLint.parse(kubeVersion)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "invalid --kube-version \"" + kubeVersion + "\"", "write 1.31 or v1.31.2"));
  }

  private record Examined(Path path, List<Finding> findings) implements JsonRecord {
    boolean has(Severity least) {
      return findings.stream().anyMatch(it -> it.finding.severity().compareTo(least) >= 0);
    }
  }

  private record Finding(@Inline ChartFinding finding) implements JsonRecord {}

  private record Report(List<Examined> charts) implements JsonRecord {}

  private static List<String> text(List<Examined> charts) {
    var lines = new ArrayList<String>();
    for (var chart : charts) {
      lines.add("Chart: " + chart.path());
      for (var found : chart.findings()) {
        var finding = found.finding();
        var whose = finding.rules() == Rules.HELM ? "" : " (" + finding.rules() + ")";
        lines.add(
            "[%s] %s: %s%s"
                .formatted(finding.severity().name(), finding.path(), finding.message(), whose));
      }
    }
    return lines;
  }
}
