package io.github.tugoci.schema;

import io.github.tugoci.error.InvalidYamlException;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chart with its enabled subcharts and the values of each, as Helm computes them before it
 * renders.
 */
final class ChartTree {
  private static final String GLOBAL = "global";

  private final Chart chart;
  private final String name;
  private final boolean likeHelm4;
  private Map<String, @Nullable Object> values;
  private List<SubchartDependency> dependencies;
  private List<ChartTree> children = new ArrayList<>();

  private ChartTree(Chart chart, boolean likeHelm4) throws InvalidYamlException {
    this.chart = chart;
    this.likeHelm4 = likeHelm4;
    name = chart.metadata().name();
    values = read(chart, likeHelm4);
    dependencies =
        ((List<?>) chart.metadata().asMap().getOrDefault("dependencies", List.of()))
            .stream().map(fields -> SubchartDependency.of((Map<?, ?>) fields)).toList();
    for (var subchart : chart.subcharts()) {
      children.add(new ChartTree(subchart, likeHelm4));
    }
  }

  private ChartTree(ChartTree other, String name) {
    this.chart = other.chart;
    this.likeHelm4 = other.likeHelm4;
    this.name = name;
    values = other.values;
    dependencies = other.dependencies;
    for (var child : other.children) {
      children.add(new ChartTree(child, child.name));
    }
  }

  /**
   * A chart's tree after its conditions, tags and imports.
   *
   * @param given the values that a user gives
   * @param likeHelm4 whether nulls among a chart's own values are gone, or stand for a subchart's
   *     defaults too, as in Helm 3; and whether all documents of a file count, or the first one
   * @return empty where Helm can't put the values together either: then it says nothing
   */
  static Optional<ChartTree> of(Chart chart, Map<String, @Nullable Object> given, boolean likeHelm4)
      throws InvalidYamlException {
    var tree = new ChartTree(chart, likeHelm4);
    return tree.enable(given, "") && tree.importValues() ? Optional.of(tree) : Optional.empty();
  }

  /** What a chart's own values.yaml says, its documents merged. */
  private static Map<String, @Nullable Object> read(Chart chart, boolean likeHelm4)
      throws InvalidYamlException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    var file = chart.file(ValuesLint.VALUES);
    if (file.isPresent()) {
      var documents = Yaml.readAll(file.get().toArray(), ValuesLint.VALUES);
      for (var document :
          likeHelm4 ? documents : documents.subList(0, Math.min(1, documents.size()))) {
        var map = ValuesMaps.map(document);
        values = map == null ? values : ValuesMaps.overlay(values, map);
      }
    }
    return values;
  }

  Chart chart() {
    return chart;
  }

  /** Its name in the chart around it, which may be an alias. */
  String name() {
    return name;
  }

  /** Those of its subcharts that are installed. */
  List<ChartTree> children() {
    return children;
  }

  /** The values that it sees, which hold those of its subcharts; empty if they don't fit. */
  Optional<Map<String, @Nullable Object>> values(Map<String, @Nullable Object> given) {
    var all = ValuesMaps.copy(given);
    return complete(all, false) ? Optional.of(all) : Optional.empty();
  }

  /** Chooses the subcharts that are installed, as often as dependencies name them. */
  private boolean enable(Map<String, @Nullable Object> given, String path) {
    if (dependencies.isEmpty()) {
      return true;
    }
    var chosen = new ArrayList<ChartTree>();
    for (var child : children) {
      if (dependencies.stream().noneMatch(child::meets)) {
        chosen.add(child);
      }
    }
    for (var dependency : dependencies) {
      children.stream()
          .filter(child -> child.meets(dependency))
          .findFirst()
          .ifPresent(child -> chosen.add(new ChartTree(child, dependency.key())));
    }
    children = chosen;
    var all = values(given);
    if (all.isEmpty()) {
      return false;
    }
    var tags = ValuesMaps.table(all.get(), "tags");
    var off =
        dependencies.stream()
            .filter(one -> !one.isEnabled(all.get(), path, tags))
            .map(SubchartDependency::key)
            .toList();
    dependencies = dependencies.stream().filter(one -> !off.contains(one.key())).toList();
    children.removeIf(child -> off.contains(child.name));
    for (var child : children) {
      if (!child.enable(all.get(), path + child.name + ".")) {
        return false;
      }
    }
    return true;
  }

  private boolean meets(SubchartDependency dependency) {
    return dependency.isMet(name, chart.metadata().version());
  }

  /** Takes over what the dependencies' {@code import-values} name, below the chart's own values. */
  private boolean importValues() {
    for (var child : children) {
      if (!child.importValues()) {
        return false;
      }
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    if (dependencies.isEmpty()) {
      return true;
    }
    if (!complete(all, true)) {
      return false;
    }
    Map<String, @Nullable Object> imported = new LinkedHashMap<>();
    for (var dependency : dependencies) {
      for (var each : dependency.imports()) {
        var from = ValuesMaps.table(all, dependency.key() + "." + each.child());
        if (from != null) {
          ValuesMaps.fill(imported, each.placed(ValuesMaps.copy(from)), true);
        }
      }
    }
    values = all;
    ValuesMaps.fill(values, imported, true);
    return true;
  }

  /** Adds to values what the chart and its subcharts say; false if a subchart's are no map. */
  private boolean complete(Map<String, @Nullable Object> all, boolean keepNulls) {
    addOwn(all, keepNulls);
    for (var child : children) {
      if (!all.containsKey(child.name)) {
        all.put(child.name, new LinkedHashMap<>());
      }
      var its = ValuesMaps.map(all.get(child.name));
      if (its == null) {
        return false;
      }
      addGlobals(its, all);
      if (!child.complete(its, keepNulls)) {
        return false;
      }
    }
    return true;
  }

  private void addOwn(Map<String, @Nullable Object> all, boolean keepNulls) {
    var own = ValuesMaps.copy(values);
    for (var entry : own.entrySet()) {
      var key = entry.getKey();
      var below = ValuesMaps.map(entry.getValue());
      boolean drop = likeHelm4 && !keepNulls;
      if (below != null && drop && (!all.containsKey(key) || !isChild(key))) {
        ValuesMaps.removeNulls(below);
      }
      if (!all.containsKey(key)) {
        if (!drop || entry.getValue() != null) {
          all.put(key, entry.getValue());
        }
      } else if (all.get(key) == null && !keepNulls) {
        all.remove(key);
      } else {
        var above = ValuesMaps.map(all.get(key));
        if (above != null && below != null) {
          // The subchart itself takes nulls away, once it has seen them.
          ValuesMaps.fill(above, below, keepNulls || isChild(key));
        }
      }
    }
  }

  private boolean isChild(String key) {
    return children.stream().anyMatch(child -> child.name.equals(key));
  }

  /** The chart's globals, over those that are said for the subchart alone. */
  private static void addGlobals(
      Map<String, @Nullable Object> subchart, Map<String, @Nullable Object> chart) {
    var own =
        subchart.containsKey(GLOBAL)
            ? ValuesMaps.map(subchart.get(GLOBAL))
            : new LinkedHashMap<String, @Nullable Object>();
    var globals =
        chart.containsKey(GLOBAL)
            ? ValuesMaps.map(chart.get(GLOBAL))
            : new LinkedHashMap<String, @Nullable Object>();
    if (own == null || globals == null) {
      return;
    }
    globals.forEach(
        (key, value) -> {
          var above = ValuesMaps.map(value);
          var below = ValuesMaps.map(own.get(key));
          if (above != null && (below != null || !own.containsKey(key))) {
            Map<String, @Nullable Object> merged = new LinkedHashMap<>(above);
            if (below != null) {
              ValuesMaps.fill(merged, below, true);
            }
            own.put(key, merged);
          } else if (above == null && below == null) {
            own.put(key, value);
          }
        });
    subchart.put(GLOBAL, own);
  }
}
