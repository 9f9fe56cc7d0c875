package io.github.tugoci.dependency;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartDependency;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The requested dependencies of a chart: those of its Chart.yaml or requirements.yaml, with URLs in
 * the place of words for repositories, for so they are hashed.
 *
 * @param fields each dependency's, as plain values
 */
record DependencyRequest(List<Map<?, ?>> fields) {
  private static final String REPOSITORY = "repository";
  private static final Pattern ALIAS = Pattern.compile("(?:@|alias:)(.*)", Pattern.DOTALL);

  static DependencyRequest by(Chart chart, ChartRepositories repositories)
      throws InvalidChartException {
    var fields = new ArrayList<Map<?, ?>>();
    for (var one : asWritten(chart)) {
      fields.add(withUrl((Map<?, ?>) one, repositories));
    }
    return new DependencyRequest(fields);
  }

  /** The dependencies as the chart has them. */
  static List<?> asWritten(Chart chart) {
    return (List<?>) chart.metadata().asMap().getOrDefault("dependencies", List.of());
  }

  private static Map<?, ?> withUrl(Map<?, ?> fields, ChartRepositories repositories)
      throws InvalidChartException {
    var repository = String.valueOf(fields.get(REPOSITORY));
    var alias = ALIAS.matcher(repository);
    if (!alias.matches()) {
      return fields;
    }
    var changed = new LinkedHashMap<Object, Object>(fields);
    changed.put(
        REPOSITORY,
        repositories
            .url(alias.group(1))
            .orElseThrow(
                () ->
                    new InvalidChartException(
                        "%s: no repository is known as \"%s\"; write its URL"
                            .formatted(fields.get("name"), repository))));
    return changed;
  }

  List<ChartDependency> dependencies() {
    return fields.stream().map(ChartDependency::of).toList();
  }

  /** The entries of a lock with these versions. */
  List<Map<String, String>> locked(List<String> versions) {
    var locked = new ArrayList<Map<String, String>>();
    for (var dependency : dependencies()) {
      var entry = new LinkedHashMap<String, String>();
      entry.put("name", dependency.name());
      entry.put("version", versions.get(locked.size()));
      entry.put(REPOSITORY, dependency.repository());
      locked.add(entry);
    }
    return locked;
  }
}
