package io.github.tugoci.transport;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An answer's header fields; their names have no case. */
public final class Headers {
  private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  Headers(Map<String, List<String>> fields) {
    fields.forEach((name, values) -> this.fields.put(name, List.copyOf(values)));
  }

  /** A field's first value. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** A field's values, in their order; empty if there are none. */
  public List<String> all(String name) {
    return fields.getOrDefault(name, List.of());
  }
}
