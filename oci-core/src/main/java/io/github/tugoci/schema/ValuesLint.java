package io.github.tugoci.schema;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartFinding;
import io.github.tugoci.helm.ChartFinding.Severity;
import io.github.tugoci.helm.ChartLimits;
import io.github.tugoci.helm.ChartLint;
import io.github.tugoci.helm.InvalidChartException;
import io.github.tugoci.yaml.InvalidYamlException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Examines whether a chart's values fit its {@code values.schema.json}, and its subcharts' theirs,
 * as Helm's lint does: the file's values, and those that the chart and each enabled subchart see
 * when nobody sets any. What {@code import-values} names is not imported.
 *
 * <p>Nothing that a schema refers to is fetched. Its patterns and its depth are bounded; how often
 * its parts are applied is not: a schema that refers to itself many times over can take long.
 *
 * <pre>{@code
 * var findings = ValuesLint.lint(Path.of("helm/shop"), ChartLimits.HELM);
 * }</pre>
 */
public final class ValuesLint {
  private static final String SCHEMA = "values.schema.json";

  private final Set<ChartFinding> findings = new LinkedHashSet<>();

  private ValuesLint() {}

  /**
   * Examines a directory or an archive. Of what can't be read as a chart nothing is said: see
   * {@link ChartLint}.
   *
   * @throws IOException if it can't be read at all
   * @throws IllegalStateException if the chart has a schema and the optional dependency is missing
   */
  public static List<ChartFinding> lint(Path chart, ChartLimits limits) throws IOException {
    var lint = new ValuesLint();
    try {
      lint.chart(Chart.read(chart, limits));
    } catch (InvalidChartException | InvalidYamlException e) {
      return List.of();
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "schemas of values need com.networknt:json-schema-validator, an optional dependency of"
              + " oci-core: add it to the program's dependencies (module com.networknt.schema)",
          e);
    }
    return List.copyOf(lint.findings);
  }

  private void chart(Chart chart) throws IOException {
    // Helm's first rule sees nothing of the subcharts, its second one does.
    if (chart.file(ChartValues.FILE).isPresent()) {
      compare(chart, "", ChartValues.read(chart));
    }
    var values = ChartValues.read(chart);
    values.values().removeIf(Objects::isNull);
    descend(chart, "", values, ChartValues.map(values.get("tags")));
  }

  /** Completes a chart's values with those of its subcharts, and compares from the leaves up. */
  private void descend(
      Chart chart,
      String path,
      Map<String, @Nullable Object> values,
      @Nullable Map<String, @Nullable Object> tags)
      throws IOException {
    for (var subchart : EnabledSubchart.of(chart, values, tags)) {
      var below = path + "charts/" + subchart.name() + "/";
      descend(subchart.chart(), below, subchart.values(), tags);
    }
    compare(chart, path, values);
  }

  private void compare(Chart chart, String path, Map<String, @Nullable Object> values) {
    var file = chart.file(SCHEMA);
    if (file.isEmpty() || file.get().size() == 0) {
      return;
    }
    try {
      var schema = ValuesSchema.parse(file.get().toArray(), SCHEMA);
      for (var fault : schema.faults(values)) {
        findings.add(new ChartFinding(Severity.ERROR, path + ChartValues.FILE, fault));
      }
    } catch (InvalidContentException | InvalidSchemaException e) {
      var message = "is no schema that can be used: " + e.getMessage();
      findings.add(new ChartFinding(Severity.ERROR, path + SCHEMA, message));
    }
  }
}
