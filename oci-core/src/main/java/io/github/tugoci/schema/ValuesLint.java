package io.github.tugoci.schema;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.InvalidYamlException;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartFinding;
import io.github.tugoci.helm.ChartFinding.Rules;
import io.github.tugoci.helm.ChartFinding.Severity;
import io.github.tugoci.helm.ChartLimits;
import io.github.tugoci.helm.ChartLint;
import io.github.tugoci.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Examines whether a chart's values fit its {@code values.schema.json}, and its subcharts' theirs,
 * as Helm's lint does: the file's values, and those that the chart and each enabled subchart see.
 *
 * <p>Nothing that a schema refers to is fetched: what is on another site is a warning. A schema's
 * patterns and its depth are bounded; how often its parts are applied is not: a schema that refers
 * to itself many times over can take long.
 *
 * <pre>{@code
 * var values = UserValues.builder().set("host=shop.example.com").build();
 * var findings = ValuesLint.lint(Path.of("helm/shop"), ChartLimits.HELM, values);
 * }</pre>
 */
public final class ValuesLint {
  static final String VALUES = "values.yaml";
  private static final String SCHEMA = "values.schema.json";

  private final Set<ChartFinding> findings = new LinkedHashSet<>();
  private final Map<Compared, List<ChartFinding>> known;

  private ValuesLint(Map<Compared, List<ChartFinding>> known) {
    this.known = known;
  }

  /** Most comparisons of the two Helms, and of their two rules, are the same. */
  private record Compared(Chart chart, Map<String, @Nullable Object> values) {}

  /**
   * Examines a directory or an archive with the values that it has itself.
   *
   * @throws IOException if it can't be read at all
   * @throws IllegalStateException if the chart has a schema and the optional dependency is missing
   */
  public static List<ChartFinding> lint(Path chart, ChartLimits limits) throws IOException {
    return lint(chart, limits, UserValues.NONE);
  }

  /**
   * Examines a directory or an archive with a user's values over its own. Of what can't be read as
   * a chart nothing is said: see {@link ChartLint}.
   *
   * @throws IOException if it can't be read at all
   */
  public static List<ChartFinding> lint(Path chart, ChartLimits limits, UserValues values)
      throws IOException {
    try {
      var read = Chart.read(chart, limits);
      var known = new HashMap<Compared, List<ChartFinding>>();
      return merged(
          new ValuesLint(known).chart(read, values.asMap(), false),
          new ValuesLint(known).chart(read, values.asMap(), true));
    } catch (InvalidChartException | InvalidYamlException e) {
      return List.of();
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "schemas of values need com.networknt:json-schema-validator, an optional dependency of"
              + " oci-core: add it to the program's dependencies (module com.networknt.schema)",
          e);
    }
  }

  /** What both Helms say; what only Helm 4 says; what only Helm 3 says is a warning. */
  private static List<ChartFinding> merged(Set<ChartFinding> third, Set<ChartFinding> fourth) {
    var all = new ArrayList<ChartFinding>();
    for (var one : fourth) {
      var rules = third.contains(one) ? Rules.HELM : Rules.HELM_4;
      all.add(new ChartFinding(one.severity(), one.path(), one.message(), rules));
    }
    for (var one : third) {
      if (!fourth.contains(one)) {
        var severity = one.severity() == Severity.ERROR ? Severity.WARNING : one.severity();
        all.add(new ChartFinding(severity, one.path(), one.message(), Rules.HELM_3));
      }
    }
    return List.copyOf(all);
  }

  private Set<ChartFinding> chart(
      Chart chart, Map<String, @Nullable Object> values, boolean likeHelm4) throws IOException {
    // Helm's first rule sees nothing of the subcharts, its second one does. The first one leaves
    // traces in maps that a user gives, which the second one reads.
    var file = chart.file(VALUES);
    if (file.isPresent()) {
      var own = ValuesMaps.map(Yaml.read(file.get().toArray(), VALUES));
      Map<String, @Nullable Object> all = new LinkedHashMap<>(values);
      ValuesMaps.fill(all, own == null ? new LinkedHashMap<>() : own, false);
      compare(chart, "", all);
    }
    var tree = ChartTree.of(chart, values, likeHelm4);
    if (tree.isPresent()) {
      // Twice, as Helm's lint does it: a default that was taken away is there again.
      var all = tree.get().values(values).flatMap(tree.get()::values);
      if (all.isPresent()) {
        descend(tree.get(), "", all.get());
      }
    }
    return findings;
  }

  private void descend(ChartTree tree, String path, Map<String, @Nullable Object> values)
      throws IOException {
    compare(tree.chart(), path, values);
    for (var child : tree.children()) {
      var its = values.get(child.name());
      var below = path + "charts/" + child.name() + "/";
      var map = ValuesMaps.map(its);
      if (map != null) {
        descend(child, below, map);
      } else if (its != null) {
        findings.add(new ChartFinding(Severity.ERROR, below + VALUES, "values must be a map"));
      }
    }
  }

  private void compare(Chart chart, String path, Map<String, @Nullable Object> values) {
    known
        .computeIfAbsent(
            new Compared(chart, ValuesMaps.copy(values)), key -> compare(chart, key.values()))
        .forEach(
            found ->
                findings.add(
                    new ChartFinding(found.severity(), path + found.path(), found.message())));
  }

  private static List<ChartFinding> compare(Chart chart, Map<String, @Nullable Object> values) {
    var file = chart.file(SCHEMA);
    if (file.isEmpty()) {
      return List.of();
    }
    var found = new ArrayList<ChartFinding>();
    try {
      var schema = ValuesSchema.parse(file.get().toArray(), SCHEMA);
      for (var fault : schema.faults(values)) {
        found.add(new ChartFinding(Severity.ERROR, VALUES, fault));
      }
      for (var url : schema.unresolved()) {
        found.add(unresolved(url, schema.draft()));
      }
    } catch (InvalidContentException e) {
      found.add(new ChartFinding(Severity.ERROR, SCHEMA, "invalid schema: " + e.getMessage()));
    }
    return found;
  }

  private static ChartFinding unresolved(String url, Draft draft) {
    return url.startsWith("urn:")
        ? new ChartFinding(
            Severity.INFO, SCHEMA, "$ref %s is not resolved: it accepts everything".formatted(url))
        : new ChartFinding(
            Severity.WARNING,
            SCHEMA,
            "$ref %s is not fetched: values were not checked against it; to vendor it, copy that schema into \"%s\" of this file and give it \"%s\": \"%s\""
                .formatted(
                    url, draft.version() < 2019 ? "definitions" : "$defs", draft.idKeyword(), url));
  }
}
