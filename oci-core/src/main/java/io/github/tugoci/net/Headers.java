package io.github.tugoci.net;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Header fields of a request or an answer; their names have no case. Immutable. */
public final class Headers {
  /** No fields. */
  public static final Headers EMPTY = new Headers(Map.of());

  private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /** These fields; names are compared without regard to case. */
  public Headers(Map<String, List<String>> fields) {
    fields.forEach((name, values) -> this.fields.put(name, List.copyOf(values)));
  }

  /** These fields and one more, which replaces a field of the same name. */
  public Headers with(String name, String value) {
    var changed = new Headers(fields);
    changed.fields.put(name, List.of(value));
    return changed;
  }

  /** A field's first value. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** A field's values, in their order; empty if there are none. */
  public List<String> all(String name) {
    return fields.getOrDefault(name, List.of());
  }

  /** The fields' values by their names. */
  public Map<String, List<String>> asMap() {
    return Collections.unmodifiableMap(fields);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Headers that && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  /** The fields' names; a value may be a secret. */
  @Override
  public String toString() {
    return fields.keySet().toString();
  }
}
