package io.github.tugoci.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Maps of values, and how Helm lays one over another; all of them can be changed. */
final class ValuesMaps {
  private ValuesMaps() {}

  /** The value as a map, or null if it is something else. */
  @SuppressWarnings("unchecked") // the readers' keys are texts
  static @Nullable Map<String, @Nullable Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> ? (Map<String, @Nullable Object>) value : null;
  }

  /** A copy that shares no map and no list with the value. */
  static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    values.forEach((name, value) -> copy.put(name, copyOf(value)));
    return copy;
  }

  private static @Nullable Object copyOf(@Nullable Object value) {
    var map = map(value);
    if (map != null) {
      return copy(map);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(copyOf(item)));
      return copy;
    }
    return value;
  }

  /** Lays a user's later values over the earlier ones; a null stays, to take a default away. */
  static Map<String, @Nullable Object> overlay(
      Map<String, @Nullable Object> earlier, Map<String, @Nullable Object> later) {
    Map<String, @Nullable Object> merged = new LinkedHashMap<>(earlier);
    later.forEach(
        (name, value) -> {
          var above = map(value);
          var below = map(merged.get(name));
          merged.put(name, above == null || below == null ? value : overlay(below, above));
        });
    return merged;
  }

  /**
   * Fills values up with defaults. Where a value is null, its default is dropped, and so is the
   * null, unless nulls are kept.
   */
  static void fill(
      Map<String, @Nullable Object> values,
      Map<String, @Nullable Object> defaults,
      boolean keepNulls) {
    for (var name : new ArrayList<>(defaults.keySet())) {
      var value = values.get(name);
      var otherwise = defaults.get(name);
      if (!values.containsKey(name)) {
        values.put(name, otherwise);
      } else if (value == null && otherwise != null && !keepNulls) {
        values.remove(name);
      } else {
        var above = map(value);
        var below = map(otherwise);
        if (above != null && below != null) {
          fill(above, below, keepNulls);
        }
      }
    }
  }

  /** Removes what is null, in maps within the map too. */
  static void removeNulls(Map<String, @Nullable Object> values) {
    values.values().removeIf(Objects::isNull);
    for (var value : values.values()) {
      var map = map(value);
      if (map != null) {
        removeNulls(map);
      }
    }
  }

  /** The map at a path with dots, or null if there is none. */
  static @Nullable Map<String, @Nullable Object> table(
      Map<String, @Nullable Object> values, String path) {
    @Nullable Map<String, @Nullable Object> table = values;
    for (var name : path.split("\\.", -1)) {
      table = table == null ? null : map(table.get(name));
    }
    return table;
  }

  /** What is at a path with dots; null if nothing is, or a map. */
  static @Nullable Object value(Map<String, @Nullable Object> values, String path) {
    int dot = path.lastIndexOf('.');
    var table = dot < 0 ? values : table(values, path.substring(0, dot));
    var value = table == null ? null : table.get(path.substring(dot + 1));
    return map(value) == null ? value : null;
  }
}
