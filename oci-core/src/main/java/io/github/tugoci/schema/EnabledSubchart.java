package io.github.tugoci.schema;

import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.Version;
import io.github.tugoci.helm.VersionConstraint;
import io.github.tugoci.yaml.InvalidYamlException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A subchart that is installed with its chart.
 *
 * @param name its name there, which may be an alias
 * @param values what it sees; part of the chart's values
 */
record EnabledSubchart(String name, Chart chart, Map<String, @Nullable Object> values) {
  /** A chart's, after its conditions and the tags; their values go into the chart's. */
  static List<EnabledSubchart> of(
      Chart chart,
      Map<String, @Nullable Object> values,
      @Nullable Map<String, @Nullable Object> tags)
      throws InvalidYamlException {
    var wanted = (List<?>) chart.metadata().asMap().getOrDefault("dependencies", List.of());
    var enabled = new ArrayList<EnabledSubchart>();
    for (var subchart : chart.subcharts()) {
      var dependencies =
          wanted.stream()
              .<Map<?, ?>>map(Map.class::cast)
              .filter(one -> isMet(one, subchart))
              .toList();
      if (dependencies.isEmpty()) {
        add(Map.of("name", subchart.metadata().name()), subchart, values, tags, enabled);
      }
      for (var dependency : dependencies) {
        add(dependency, subchart, values, tags, enabled);
      }
    }
    return enabled;
  }

  private static void add(
      Map<?, ?> dependency,
      Chart chart,
      Map<String, @Nullable Object> values,
      @Nullable Map<String, @Nullable Object> tags,
      List<EnabledSubchart> to)
      throws InvalidYamlException {
    var alias = dependency.get("alias");
    var name = String.valueOf(alias == null ? dependency.get("name") : alias);
    Map<String, @Nullable Object> said =
        values.containsKey(name) ? ChartValues.map(values.get(name)) : new LinkedHashMap<>();
    if (said == null) {
      return;
    }
    var own = ChartValues.read(chart);
    var scope = ChartValues.scope(said, values.get("global"), own);
    var before = values.put(name, scope);
    if (isEnabled(dependency, values, tags)) {
      to.add(new EnabledSubchart(name, chart, scope));
    } else if (before == null) {
      values.remove(name);
    } else {
      values.put(name, before);
    }
  }

  private static boolean isMet(Map<?, ?> dependency, Chart by) {
    var constraint = VersionConstraint.parse(String.valueOf(dependency.get("version")));
    var version = Version.parse(by.metadata().version());
    return by.metadata().name().equals(dependency.get("name"))
        && constraint.isPresent()
        && version.isPresent()
        && constraint.get().allows(version.get());
  }

  /** The first condition that is a boolean decides, or else the tags. */
  private static boolean isEnabled(
      Map<?, ?> dependency,
      Map<String, @Nullable Object> values,
      @Nullable Map<String, @Nullable Object> tags) {
    if (dependency.get("condition") instanceof String conditions) {
      for (var path : conditions.strip().split(",", -1)) {
        if (ChartValues.at(values, path) instanceof Boolean enabled) {
          return enabled;
        }
      }
    }
    if (tags == null || !(dependency.get("tags") instanceof List<?> named)) {
      return true;
    }
    var flags = named.stream().map(tags::get).toList();
    return flags.contains(true) || !flags.contains(false);
  }
}
