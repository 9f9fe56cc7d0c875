package io.github.tugoci.helm;

import io.github.tugoci.error.InvalidChartException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Helm's rules for a Chart.yaml, and its cleaning of the texts in it. */
final class ChartRules {
  private static final Pattern ALIAS = Pattern.compile("[a-zA-Z0-9_-]+");
  private static final Set<String> TYPES = Set.of("", "application", "library");

  /** Fields that are taken as they are: a rule checks them. */
  private static final Set<String> NOT_CLEANED =
      Set.of("apiVersion", "version", "type", "annotations");

  private ChartRules() {}

  /** The fields of a Chart.yaml with white space and unprintable characters cleaned up. */
  static Map<String, Object> clean(Map<String, Object> metadata) {
    var clean = new LinkedHashMap<String, Object>();
    metadata.forEach(
        (name, value) -> {
          var cleaned = NOT_CLEANED.contains(name) ? value : clean(value);
          if (!cleaned.equals("")) {
            clean.put(name, cleaned);
          }
        });
    return clean;
  }

  private static Object clean(Object value) {
    if (value instanceof String text) {
      return clean(text);
    }
    if (value instanceof List<?> list) {
      var clean = new ArrayList<Object>();
      list.forEach(
          item -> clean.add(item instanceof Map ? cleanRecord((Map<?, ?>) item) : clean(item)));
      return clean;
    }
    return value;
  }

  private static Map<String, Object> cleanRecord(Map<?, ?> fields) {
    var clean = new LinkedHashMap<String, Object>();
    fields.forEach(
        (name, value) -> {
          var cleaned = name.equals("import-values") || name.equals("alias") ? value : clean(value);
          // A dependency has some texts that are written even if they're empty.
          if (!cleaned.equals("") || value.equals("") || fields.containsKey("repository")) {
            clean.put((String) name, cleaned);
          }
        });
    return clean;
  }

  private static String clean(String text) {
    var clean = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (isSpace(c)) {
                clean.append(' ');
              } else if (isPrintable(c)) {
                clean.appendCodePoint(c);
              }
            });
    return clean.toString();
  }

  private static boolean isSpace(int c) {
    return (c >= 9 && c <= 13) || c == 0x85 || Character.isSpaceChar(c);
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  /** Checks the rules. */
  static void check(Map<String, Object> metadata, String what) throws InvalidChartException {
    for (var field : List.of("apiVersion", "name", "version")) {
      require(metadata.containsKey(field), what, field + " is missing");
    }
    var name = text(metadata, "name");
    require(
        !name.contains("/") && !name.contains("\\") && !name.equals(".") && !name.equals(".."),
        what,
        "the name \"" + name + "\" is a path");
    var version = text(metadata, "version");
    require(
        SemanticVersion.parse(version).isPresent(),
        what,
        "the version \"" + version + "\" is not valid; write MAJOR.MINOR.PATCH, as 1.2.3");
    require(
        TYPES.contains(text(metadata, "type")), what, "the type must be application or library");
    checkDependencies(metadata, what);
  }

  private static void checkDependencies(Map<String, Object> metadata, String what)
      throws InvalidChartException {
    var names = new HashSet<String>();
    for (var dependency : (List<?>) metadata.getOrDefault("dependencies", List.of())) {
      var fields = (Map<?, ?>) dependency;
      var alias = text(fields, "alias");
      require(
          alias.isEmpty() || ALIAS.matcher(alias).matches(),
          what,
          "the alias \"" + alias + "\" may only have letters, digits, _ and -");
      var name = alias.isEmpty() ? text(fields, "name") : alias;
      require(names.add(name), what, "two dependencies have the name or alias \"" + name + "\"");
    }
  }

  private static String text(Map<?, ?> fields, String name) {
    return fields.get(name) instanceof String text ? text : "";
  }

  private static void require(boolean right, String what, String fault)
      throws InvalidChartException {
    if (!right) {
      throw new InvalidChartException(what + ": " + fault);
    }
  }
}
