package io.github.tugoci.helm;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dependency of a chart.
 *
 * @param name the chart's name
 * @param version a version or a constraint
 * @param repository where it is: {@code oci://…}, {@code file://…}, {@code https://…}; empty if it
 *     is in the directory charts
 * @param alias the name that it has in the chart that needs it, or null
 */
public record ChartDependency(
    String name, String version, String repository, @Nullable String alias) {
  /**
   * A dependency with these fields of a Chart.yaml or a lock, of which others are left out.
   *
   * @param fields texts by their names
   */
  public static ChartDependency of(Map<?, ?> fields) {
    return new ChartDependency(
        text(fields, "name"),
        text(fields, "version"),
        text(fields, "repository"),
        (String) fields.get("alias"));
  }

  /** The same with another version. */
  public ChartDependency withVersion(String other) {
    return new ChartDependency(name, other, repository, alias);
  }

  private static String text(Map<?, ?> fields, String name) {
    return fields.get(name) instanceof String text ? text : "";
  }
}
