package io.github.tugoci.helm;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.helm.ChartFinding.Rules;
import io.github.tugoci.helm.ChartFinding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lint rules on a chart's dependencies that Helm doesn't report: a lock of other dependencies, two
 * charts of one name, a subchart without what it needs.
 */
public final class DependencyLint {
  private static final Pattern ALIAS = Pattern.compile("(?:@|alias:).*", Pattern.DOTALL);

  private final List<ChartFinding> findings = new ArrayList<>();

  private DependencyLint() {}

  /** Examines a chart; all findings are warnings. */
  public static List<ChartFinding> lint(Chart chart) throws InvalidChartException {
    var lint = new DependencyLint();
    lint.lock(chart);
    lint.subcharts(chart, Chart.CHARTS);
    return List.copyOf(lint.findings);
  }

  private void add(String path, String message) {
    findings.add(new ChartFinding(Severity.WARNING, path, message, Rules.TUG));
  }

  private void lock(Chart chart) throws InvalidChartException {
    var lock = chart.lock();
    if (lock.isPresent() && !isInSync(chart, lock.get())) {
      add(
          chart.lockFile().orElseThrow().name(),
          "out of sync with the dependencies in Chart.yaml; update the dependencies");
    }
  }

  private static boolean isInSync(Chart chart, ChartLock lock) {
    var wanted = chart.metadata().dependencies();
    var fields = (List<?>) chart.metadata().asMap().getOrDefault("dependencies", List.of());
    if (wanted.isEmpty() && lock.dependencies().isEmpty()) {
      return true;
    }
    // Which URL was hashed for a name of a repository is known where that name is known.
    return wanted.stream().anyMatch(one -> ALIAS.matcher(one.repository()).matches())
        ? isLocked(wanted, lock.dependencies())
        : lock.answers(fields) || (chart.isVersion1() && lock.answersInHelm2(fields));
  }

  private static boolean isLocked(List<ChartDependency> wanted, List<ChartDependency> locked) {
    boolean same = wanted.size() == locked.size();
    for (int i = 0; same && i < wanted.size(); i++) {
      same = isLocked(wanted.get(i), locked.get(i));
    }
    return same;
  }

  private static boolean isLocked(ChartDependency wanted, ChartDependency locked) {
    return wanted.name().equals(locked.name())
        && (ALIAS.matcher(wanted.repository()).matches()
            || wanted.repository().equals(locked.repository()))
        && (wanted.version().equals(locked.version())
            || VersionConstraint.parse(wanted.version())
                .flatMap(allowed -> SemanticVersion.parse(locked.version()).map(allowed::allows))
                .orElse(false));
  }

  /** In a package each subchart is in a directory of its name, and can be there only once. */
  private void subcharts(Chart chart, String path) {
    var byName = new TreeMap<String, List<Chart>>();
    for (var subchart : chart.subcharts()) {
      byName.computeIfAbsent(subchart.metadata().name(), name -> new ArrayList<>()).add(subchart);
    }
    byName.forEach(
        (name, charts) -> {
          if (charts.size() > 1) {
            add(path + name, twice(charts));
          }
          missing(charts.get(0), path + name);
          subcharts(charts.get(0), path + name + "/" + Chart.CHARTS);
        });
  }

  private static String twice(List<Chart> charts) {
    return "there in the versions %s; a package holds one chart of a name, which Helm installs in place of the others, whatever their aliases"
        .formatted(
            charts.stream()
                .map(chart -> chart.metadata().version())
                .collect(Collectors.joining(" and ")));
  }

  private void missing(Chart subchart, String path) {
    var there = subchart.subcharts().stream().map(one -> one.metadata().name()).toList();
    var missing =
        subchart.metadata().dependencies().stream()
            .map(ChartDependency::name)
            .filter(name -> !there.contains(name))
            .distinct()
            .toList();
    if (!missing.isEmpty()) {
      add(
          path,
          "found in its Chart.yaml, but missing in its charts/ directory: "
              + String.join(", ", missing));
    }
  }
}
