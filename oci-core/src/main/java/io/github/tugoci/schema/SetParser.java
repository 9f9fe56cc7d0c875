package io.github.tugoci.schema;

import io.github.tugoci.error.InvalidValuesException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a line such as {@code a.b=1,c[0]=x} into values, as Helm does it (pkg/strvals): a backslash
 * takes the next character's meaning away, {@code {x,y}} is a list, an index makes a list longer.
 */
final class SetParser {
  private static final int MAX_INDEX = 65536;
  private static final int MAX_NESTING = 30;

  private final SetReader line;

  /** Whether the last entry broke off; of an element that breaks off Helm keeps nothing. */
  private boolean brokenOff;

  private SetParser(SetReader line) {
    this.line = line;
  }

  /** Sets in a map what a line says. */
  static void parse(String text, SetReader.Kind kind, Map<String, @Nullable Object> values)
      throws IOException {
    var line = new SetReader(text, kind);
    var parser = new SetParser(line);
    while (!line.isAtEnd()) {
      parser.entry(values, 0);
    }
  }

  /** A name and what follows it. */
  private void entry(Map<String, @Nullable Object> values, int depth) throws IOException {
    var name = new StringBuilder();
    brokenOff = !line.read(line.kind() == SetReader.Kind.LITERAL ? "=[." : "=[,.", name);
    if (brokenOff) {
      if (name.length() > 0) {
        throw line.wrong("\"" + name + "\" has no value");
      }
      return;
    }
    var key = name.toString();
    switch (line.last()) {
      case '=' -> {
        boolean typed = line.kind() != SetReader.Kind.JSON && line.kind() != SetReader.Kind.LITERAL;
        brokenOff = typed && line.isAtEnd();
        set(values, key, line.value());
      }
      case '[' -> set(values, key, element(list(values, key), index(), depth));
      case '.' -> {
        if (depth >= MAX_NESTING) {
          throw line.wrong("nested deeper than " + MAX_NESTING + " levels");
        }
        var inner = inner(values, key);
        entry(inner, depth + 1);
        if (inner.isEmpty() && !brokenOff) {
          throw line.wrong("\"" + key + "\" has no value");
        }
        if (!inner.isEmpty()) {
          set(values, key, inner);
        }
      }
      default -> throw line.wrong("\"" + key + "\" has no value");
    }
  }

  private static void set(
      Map<String, @Nullable Object> values, String key, @Nullable Object value) {
    if (!key.isEmpty()) {
      values.put(key, value);
    }
  }

  private List<@Nullable Object> list(Map<String, @Nullable Object> values, String key)
      throws InvalidValuesException {
    if (!values.containsKey(key)) {
      return new ArrayList<>();
    }
    return list(values.get(key), "\"" + key + "\"");
  }

  @SuppressWarnings("unchecked") // whatever is in it
  private List<@Nullable Object> list(@Nullable Object value, String what)
      throws InvalidValuesException {
    if (value instanceof List<?> list) {
      return (List<@Nullable Object>) list;
    }
    throw line.wrong(what + " is not a list");
  }

  private Map<String, @Nullable Object> inner(Map<String, @Nullable Object> values, String key)
      throws InvalidValuesException {
    if (!values.containsKey(key)) {
      return new LinkedHashMap<>();
    }
    var map = ValuesMaps.map(values.get(key));
    if (map == null) {
      throw line.wrong("\"" + key + "\" is not a map");
    }
    return map;
  }

  private int index() throws InvalidValuesException {
    var digits = new StringBuilder();
    if (!line.read("]", digits)) {
      throw line.wrong("an index has no end");
    }
    var text = digits.toString();
    if (!SetReader.isInteger(text) || text.length() > 9) {
      throw line.wrong("\"" + text + "\" is not an index");
    }
    int index = Integer.parseInt(text);
    if (index < 0 || index > MAX_INDEX) {
      throw line.wrong("an index must be between 0 and " + MAX_INDEX);
    }
    return index;
  }

  /** Sets an element of a list, and gives the list. */
  private List<@Nullable Object> element(List<@Nullable Object> list, int index, int depth)
      throws IOException {
    var between = new StringBuilder();
    brokenOff = !line.read("[.=", between);
    if (between.length() > 0) {
      throw line.wrong("\"" + between + "\" after an index");
    }
    if (brokenOff) {
      return list;
    }
    var there = index < list.size() ? list.get(index) : null;
    switch (line.last()) {
      case '=' -> put(list, index, line.value());
      case '[' -> {
        var inner = there == null ? new ArrayList<@Nullable Object>() : list(there, "an element");
        putUnlessBrokenOff(list, index, element(inner, index(), depth));
      }
      default -> {
        var map = ValuesMaps.map(there);
        Map<String, @Nullable Object> inner = map == null ? new LinkedHashMap<>() : map;
        entry(inner, depth);
        putUnlessBrokenOff(list, index, inner);
      }
    }
    return list;
  }

  private void putUnlessBrokenOff(List<@Nullable Object> list, int index, @Nullable Object value) {
    if (!brokenOff) {
      put(list, index, value);
    }
  }

  private static void put(List<@Nullable Object> list, int index, @Nullable Object value) {
    while (list.size() <= index) {
      list.add(null);
    }
    list.set(index, value);
  }
}
