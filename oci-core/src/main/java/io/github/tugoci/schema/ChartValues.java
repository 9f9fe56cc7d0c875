package io.github.tugoci.schema;

import io.github.tugoci.helm.Chart;
import io.github.tugoci.yaml.InvalidYamlException;
import io.github.tugoci.yaml.Yaml;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps of values, and how Helm lays them over each other. */
final class ChartValues {
  static final String FILE = "values.yaml";
  private static final String GLOBAL = "global";

  private ChartValues() {}

  /** What a chart's own file says; a map that may be changed. */
  static Map<String, @Nullable Object> read(Chart chart) throws InvalidYamlException {
    var file = chart.file(FILE);
    var values = file.isEmpty() ? null : map(Yaml.read(file.get().toArray(), FILE));
    return values == null ? new LinkedHashMap<>() : values;
  }

  @SuppressWarnings("unchecked") // the YAML reader's keys are texts
  static @Nullable Map<String, @Nullable Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> ? (Map<String, @Nullable Object>) value : null;
  }

  /** Adds what is missing; a null takes its default away, and is gone then. */
  static Map<String, @Nullable Object> fill(
      Map<String, @Nullable Object> values, Map<String, @Nullable Object> defaults) {
    defaults.forEach(
        (key, value) -> {
          var below = map(value);
          if (values.containsKey(key)) {
            var above = map(values.get(key));
            if (values.get(key) == null) {
              values.remove(key);
            } else if (above != null && below != null) {
              fill(above, below);
            }
          } else if (value != null) {
            values.put(key, below == null ? value : fill(new LinkedHashMap<>(), below));
          }
        });
    return values;
  }

  /** What a subchart sees: what its parent says for it, the parent's globals, its own defaults. */
  static Map<String, @Nullable Object> scope(
      Map<String, @Nullable Object> said,
      @Nullable Object globals,
      Map<String, @Nullable Object> own) {
    var scope = copy(said);
    Map<String, @Nullable Object> global = new LinkedHashMap<>();
    for (var layer : new @Nullable Object[] {globals, said.get(GLOBAL)}) {
      var map = map(layer);
      if (map != null) {
        fill(global, map);
      }
    }
    scope.put(GLOBAL, global);
    return fill(scope, own);
  }

  private static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(values);
    copy.replaceAll(
        (key, value) -> {
          var below = map(value);
          return below == null ? value : copy(below);
        });
    return copy;
  }

  /** What is at a path with dots; null if nothing is. */
  static @Nullable Object at(Map<String, @Nullable Object> values, String path) {
    Object value = values;
    for (var name : path.split("\\.", -1)) {
      var map = map(value);
      value = map == null ? null : map.get(name);
    }
    return value;
  }
}
