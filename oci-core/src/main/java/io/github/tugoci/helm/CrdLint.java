package io.github.tugoci.helm;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.helm.ChartFinding.Rules;
import io.github.tugoci.helm.ChartFinding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Helm 4's lint rules on what is in the directory crds. */
final class CrdLint {
  private final List<ChartFinding> findings = new ArrayList<>();

  private CrdLint() {}

  static List<ChartFinding> lint(List<ChartFile> files) {
    var lint = new CrdLint();
    files.stream().filter(Chart::isCrd).forEach(lint::file);
    return lint.findings;
  }

  private void add(String path, String message) {
    findings.add(new ChartFinding(Severity.ERROR, path, message, Rules.HELM_4));
  }

  private void file(ChartFile file) {
    try {
      for (var document : ChartYaml.readAll(file.bytes(), file.name())) {
        if (document != null && !isDefinition(document)) {
          add(file.name(), "holds something else than a CustomResourceDefinition");
        }
      }
    } catch (InvalidChartException e) {
      add(file.name(), String.valueOf(e.getMessage()));
    }
  }

  private static boolean isDefinition(Object document) {
    return document instanceof Map<?, ?> fields
        && "CustomResourceDefinition".equals(field(fields, "kind"))
        && field(fields, "apiVersion") instanceof String version
        && version.startsWith("apiextensions.k8s.io")
        && isMetadata(field(fields, "metadata"));
  }

  private static boolean isMetadata(@Nullable Object value) {
    return value == null || value instanceof Map;
  }

  /** Names of fields match in any case, as in Go's JSON. */
  private static @Nullable Object field(Map<?, ?> fields, String name) {
    for (var field : fields.entrySet()) {
      if (name.equalsIgnoreCase((String) field.getKey())) {
        return field.getValue();
      }
    }
    return null;
  }
}
