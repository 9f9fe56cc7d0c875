package io.github.tugoci.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The places in a schema that hold schemas, in all drafts together. */
final class Subschemas {
  private static final Set<String> SINGLE_OR_LIST =
      Set.of(
          "additionalItems",
          "additionalProperties",
          "allOf",
          "anyOf",
          "contains",
          "contentSchema",
          "else",
          "if",
          "items",
          "not",
          "oneOf",
          "prefixItems",
          "propertyNames",
          "then",
          "unevaluatedItems",
          "unevaluatedProperties");
  private static final Set<String> NAMED =
      Set.of(
          "$defs",
          "definitions",
          "dependencies",
          "dependentSchemas",
          "patternProperties",
          "properties");

  private Subschemas() {}

  /** A copy of a schema with other schemas directly in it. */
  static Map<String, @Nullable Object> replace(
      Map<?, ?> schema, UnaryOperator<@Nullable Object> change) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    schema.forEach((name, value) -> copy.put((String) name, replace((String) name, value, change)));
    return copy;
  }

  private static @Nullable Object replace(
      String keyword, @Nullable Object value, UnaryOperator<@Nullable Object> change) {
    if (NAMED.contains(keyword) && value instanceof Map<?, ?> schemas) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      schemas.forEach((name, schema) -> copy.put((String) name, change.apply(schema)));
      return copy;
    }
    if (!SINGLE_OR_LIST.contains(keyword)) {
      return value;
    }
    if (value instanceof List<?> schemas) {
      List<@Nullable Object> copy = new ArrayList<>();
      schemas.forEach(schema -> copy.add(change.apply(schema)));
      return copy;
    }
    return change.apply(value);
  }
}
