package io.github.tugoci.cli.shell;

import io.github.tugoci.json.Json;
import io.github.tugoci.text.FileName;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Turns results into the plain values that {@link Json} writes.
 *
 * @param shown what is shown of a text
 */
record JsonValues(UnaryOperator<String> shown) {
  /** A record as a map, what is in it likewise; names of files so that they can be shown. */
  static @Nullable Object of(@Nullable Object value, UnaryOperator<String> shown) {
    return new JsonValues(shown).of(value);
  }

  private @Nullable Object of(@Nullable Object value) {
    if (value instanceof JsonRecord) {
      return members(value, value instanceof JsonRecord.Complete);
    }
    if (value instanceof Optional<?> optional) {
      return of(optional.orElse(null));
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((name, member) -> copy.put(shown.apply(String.valueOf(name)), of(member)));
      return copy;
    }
    if (value instanceof Collection<?> items) {
      List<@Nullable Object> copy = new ArrayList<>();
      items.forEach(item -> copy.add(of(item)));
      return copy;
    }
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    return value instanceof Path path
        ? FileName.printable(path)
        : shown.apply(FileName.printable(value.toString()));
  }

  private Map<String, @Nullable Object> members(Object record, boolean complete) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (var component : record.getClass().getRecordComponents()) {
      var found = value(component, record);
      boolean inline = component.isAnnotationPresent(JsonRecord.Inline.class);
      var value =
          inline && found instanceof Record document && !(found instanceof JsonRecord)
              ? members(document, complete)
              : of(found);
      if (inline) {
        if (value instanceof Map<?, ?> inner) {
          inner.forEach((name, member) -> members.put(String.valueOf(name), member));
        }
      } else if (value != null || complete) {
        members.put(component.getName(), value);
      }
    }
    return members;
  }

  private static @Nullable Object value(RecordComponent component, Object document) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true); // the records are their commands' own
      return accessor.invoke(document);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
