package io.github.tugoci.schema;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.InvalidValuesException;
import io.github.tugoci.json.Json;
import io.github.tugoci.reference.FileName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a line such as {@code a.b=1,c[0]=x} into values, as Helm does it (pkg/strvals): a backslash
 * takes the next character's meaning away, {@code {x,y}} is a list, an index makes a list longer.
 */
final class SetParser {
  /** What is done with what stands behind the equals sign; in the order in which Helm does it. */
  enum Kind {
    /** JSON. */
    JSON("--set-json"),
    /** Numbers, true, false and null are recognized. */
    TYPED("--set"),
    /** A text. */
    TEXT("--set-string"),
    /** A file that holds the text. */
    FILE("--set-file"),
    /** A text to the end of the line. */
    LITERAL("--set-literal");

    private final String option;

    Kind(String option) {
      this.option = option;
    }
  }

  private static final int MAX_INDEX = 65536;
  private static final int MAX_NESTING = 30;
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern JSON_SCALAR =
      Pattern.compile("true|false|null|-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

  private final String line;
  private final Kind kind;
  private int at;

  /** Whether the last entry broke off; of an element that breaks off Helm keeps nothing. */
  private boolean brokenOff;

  private SetParser(String line, Kind kind) {
    this.line = line;
    this.kind = kind;
  }

  /** Sets in a map what a line says. */
  static void parse(String line, Kind kind, Map<String, @Nullable Object> values)
      throws IOException {
    var parser = new SetParser(line, kind);
    while (!parser.isAtEnd()) {
      parser.entry(values, 0);
    }
  }

  private boolean isAtEnd() {
    return at >= line.length();
  }

  private InvalidValuesException wrong(String fault) {
    return new InvalidValuesException(
        "invalid %s \"%s\": %s".formatted(kind.option, line, fault), null);
  }

  /** Reads up to one of the characters, which is read too; false if none of them comes. */
  private boolean read(String stops, StringBuilder to) {
    while (!isAtEnd()) {
      char c = line.charAt(at++);
      if (stops.indexOf(c) >= 0) {
        return true;
      }
      if (c == '\\' && kind != Kind.LITERAL) {
        if (isAtEnd()) {
          return false;
        }
        int escaped = line.codePointAt(at);
        to.appendCodePoint(escaped);
        at += Character.charCount(escaped);
      } else {
        to.append(c);
      }
    }
    return false;
  }

  private char last() {
    return line.charAt(at - 1);
  }

  /** A name and what follows it. */
  private void entry(Map<String, @Nullable Object> values, int depth) throws IOException {
    var name = new StringBuilder();
    brokenOff = !read(kind == Kind.LITERAL ? "=[." : "=[,.", name);
    if (brokenOff) {
      if (name.length() > 0) {
        throw wrong("\"" + name + "\" has no value");
      }
      return;
    }
    var key = name.toString();
    switch (last()) {
      case '=' -> {
        boolean typed = kind != Kind.JSON && kind != Kind.LITERAL;
        brokenOff = typed && isAtEnd();
        set(values, key, value());
      }
      case '[' -> set(values, key, element(list(values, key), index(), depth));
      case '.' -> {
        if (depth >= MAX_NESTING) {
          throw wrong("nested deeper than " + MAX_NESTING + " levels");
        }
        var inner = inner(values, key);
        entry(inner, depth + 1);
        if (inner.isEmpty() && !brokenOff) {
          throw wrong("\"" + key + "\" has no value");
        }
        if (!inner.isEmpty()) {
          set(values, key, inner);
        }
      }
      default -> throw wrong("\"" + key + "\" has no value");
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
    throw wrong(what + " is not a list");
  }

  private Map<String, @Nullable Object> inner(Map<String, @Nullable Object> values, String key)
      throws InvalidValuesException {
    if (!values.containsKey(key)) {
      return new LinkedHashMap<>();
    }
    var map = ValuesMaps.map(values.get(key));
    if (map == null) {
      throw wrong("\"" + key + "\" is not a map");
    }
    return map;
  }

  private int index() throws InvalidValuesException {
    var digits = new StringBuilder();
    if (!read("]", digits)) {
      throw wrong("an index has no end");
    }
    var text = digits.toString();
    if (!INTEGER.matcher(text).matches() || text.length() > 9) {
      throw wrong("\"" + text + "\" is not an index");
    }
    int index = Integer.parseInt(text);
    if (index < 0 || index > MAX_INDEX) {
      throw wrong("an index must be between 0 and " + MAX_INDEX);
    }
    return index;
  }

  /** Sets an element of a list, and gives the list. */
  private List<@Nullable Object> element(List<@Nullable Object> list, int index, int depth)
      throws IOException {
    var between = new StringBuilder();
    brokenOff = !read("[.=", between);
    if (between.length() > 0) {
      throw wrong("\"" + between + "\" after an index");
    }
    if (brokenOff) {
      return list;
    }
    var there = index < list.size() ? list.get(index) : null;
    switch (last()) {
      case '=' -> put(list, index, value());
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

  private @Nullable Object value() throws IOException {
    return switch (kind) {
      case JSON -> json();
      case LITERAL -> {
        var rest = line.substring(at);
        at = line.length();
        yield rest;
      }
      default -> isAtEnd() ? "" : line.charAt(at) == '{' ? list() : scalar(",");
    };
  }

  private @Nullable Object scalar(String stops) throws IOException {
    var text = new StringBuilder();
    read(stops, text);
    return typed(text.toString());
  }

  private List<@Nullable Object> list() throws IOException {
    at++;
    List<@Nullable Object> list = new ArrayList<>();
    while (true) {
      var text = new StringBuilder();
      if (!read(",}", text)) {
        throw wrong("a list must end with }");
      }
      boolean ends = last() == '}';
      list.add(typed(text.toString()));
      if (ends) {
        if (!isAtEnd() && line.charAt(at) == ',') {
          at++;
        }
        return list;
      }
    }
  }

  private @Nullable Object typed(String text) throws IOException {
    if (kind == Kind.FILE) {
      return new String(Files.readAllBytes(FileName.path(text)), StandardCharsets.UTF_8);
    }
    if (kind == Kind.TEXT) {
      return text;
    }
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return text.equalsIgnoreCase("true");
    }
    if (text.equalsIgnoreCase("null")) {
      return null;
    }
    if (INTEGER.matcher(text).matches() && (text.equals("0") || !text.startsWith("0"))) {
      try {
        return Long.valueOf(text);
      } catch (NumberFormatException e) {
        return text; // too large: as Helm has it, a text
      }
    }
    return text;
  }

  /** JSON up to its end, and a comma behind it; nothing is null. */
  private @Nullable Object json() throws InvalidValuesException {
    if (skipComma()) {
      return null;
    }
    int end = jsonEnd();
    try {
      var text = line.substring(at, end).getBytes(StandardCharsets.UTF_8);
      var value = Numbers.normalize(Json.read(text, kind.option));
      at = end;
      skipComma();
      return value;
    } catch (InvalidContentException e) {
      throw new InvalidValuesException(
          "invalid %s \"%s\": %s".formatted(kind.option, line, e.getMessage()), e);
    }
  }

  /** Skips blanks and a comma; whether a comma or the end was there. */
  private boolean skipComma() {
    while (!isAtEnd()) {
      char c = line.charAt(at);
      if (c == ',') {
        at++;
        return true;
      }
      if (!Character.isWhitespace(c)) {
        return false;
      }
      at++;
    }
    return true;
  }

  private int jsonEnd() {
    var scalar = JSON_SCALAR.matcher(line).region(at, line.length());
    if (scalar.lookingAt()) {
      return scalar.end();
    }
    int open = 0;
    boolean quoted = false;
    for (int i = at; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted) {
        i += c == '\\' ? 1 : 0;
        quoted = c != '"';
      } else {
        quoted = c == '"';
        open += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      }
      if (!quoted && open <= 0) {
        return i + 1;
      }
    }
    return line.length();
  }
}
