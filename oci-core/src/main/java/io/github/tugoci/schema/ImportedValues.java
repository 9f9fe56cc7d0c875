package io.github.tugoci.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a dependency's {@code import-values}.
 *
 * @param child the path of the values in the subchart
 * @param parent the path that they get in the parent; a dot for its root
 */
record ImportedValues(String child, String parent) {
  static Optional<ImportedValues> of(@Nullable Object yaml) {
    if (yaml instanceof Map<?, ?> fields) {
      return Optional.of(
          new ImportedValues(
              String.valueOf(fields.get("child")), String.valueOf(fields.get("parent"))));
    }
    return yaml instanceof String name
        ? Optional.of(new ImportedValues("exports." + name, "."))
        : Optional.empty();
  }

  /** The values below the path that they get. */
  Map<String, @Nullable Object> placed(Map<String, @Nullable Object> from) {
    if (parent.equals(".")) {
      return from;
    }
    var names = parent.split("\\.", -1);
    var placed = from;
    for (int i = names.length - 1; i >= 0; i--) {
      Map<String, @Nullable Object> around = new LinkedHashMap<>();
      around.put(names[i], placed);
      placed = around;
    }
    return placed;
  }
}
