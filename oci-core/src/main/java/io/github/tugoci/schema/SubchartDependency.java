package io.github.tugoci.schema;

import io.github.tugoci.helm.SemanticVersion;
import io.github.tugoci.helm.VersionConstraint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dependency in a Chart.yaml, as far as it decides about the subchart's values.
 *
 * @param name the subchart's name
 * @param key its alias, or else its name: the key of its values
 * @param version the constraint of its version
 * @param condition the paths of values that enable it, with commas between
 * @param tags the tags that enable it
 * @param imports the values that its parent imports
 */
record SubchartDependency(
    String name,
    String key,
    String version,
    String condition,
    List<?> tags,
    List<ImportedValues> imports) {
  static SubchartDependency of(Map<?, ?> fields) {
    var name = text(fields, "name");
    var alias = text(fields, "alias");
    return new SubchartDependency(
        name,
        alias.isEmpty() ? name : alias,
        text(fields, "version"),
        text(fields, "condition"),
        fields.get("tags") instanceof List<?> tags ? tags : List.of(),
        fields.get("import-values") instanceof List<?> imports
            ? imports.stream().map(ImportedValues::of).flatMap(Optional::stream).toList()
            : List.of());
  }

  private static String text(Map<?, ?> fields, String name) {
    return fields.get(name) instanceof String text ? text : "";
  }

  /** Whether a chart has the name and an allowed version. */
  boolean isMet(String chart, String chartVersion) {
    var constraint = VersionConstraint.parse(version);
    var found = SemanticVersion.parse(chartVersion);
    return chart.equals(name)
        && constraint.isPresent()
        && found.isPresent()
        && constraint.get().allows(found.get());
  }

  /** The first condition that is a boolean decides, or else the tags. */
  boolean isEnabled(
      Map<String, @Nullable Object> values,
      String path,
      @Nullable Map<String, @Nullable Object> given) {
    for (var each : condition.strip().split(",", -1)) {
      if (!each.isEmpty() && ValuesMaps.value(values, path + each) instanceof Boolean enabled) {
        return enabled;
      }
    }
    if (given == null) {
      return true;
    }
    var flags = tags.stream().map(given::get).toList();
    return flags.contains(true) || !flags.contains(false);
  }
}
