package io.github.tugoci.cli.chart;

import io.github.tugoci.json.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A JSONPath template as kubectl and Helm have it: text with expressions in braces, as {@code
 * {.image.tag}}, {@code {.items[*].name}} and {@code {range .items[*]}{.name}{"\n"}{end}}. The keys
 * of a map come in their order, whole numbers are written as they are.
 */
record JsonPath(List<Part> parts) {
  /** Something that an expression asks for isn't there. */
  static final class MissingException extends Exception {
    private static final long serialVersionUID = 1L;

    private MissingException(String message) {
      super(message);
    }
  }

  /** A piece of a template. */
  sealed interface Part {}

  /** Text that is written as it is. */
  record Text(String text) implements Part {}

  /** An expression, whose values are written with spaces between them. */
  record Expression(List<Step> steps) implements Part {}

  /** A template that is filled in for each of an expression's values. */
  record Range(List<Step> over, List<Part> body) implements Part {}

  /** A step from values to others. */
  sealed interface Step {}

  /** A value that stands in the expression itself. */
  record Literal(@Nullable Object value) implements Step {}

  /** A member of a map. */
  record Field(String name) implements Step {}

  /** All members of a map or a list. */
  record Wildcard() implements Step {}

  /** The values and all that is in them. */
  record Descent() implements Step {}

  /**
   * Items of a list.
   *
   * @param from the first one, from the end if it is negative; null for the beginning
   * @param to the one after the last; null for the end
   * @param single whether it is the first one alone, which must be there
   */
  record Slice(@Nullable Integer from, @Nullable Integer to, int step, boolean single)
      implements Step {}

  /** What any of several ways leads to. */
  record Union(List<List<Step>> ways) implements Step {}

  /**
   * Items of a list that pass a comparison.
   *
   * @param operator {@code ==} and the like; empty if the left side must only be there
   */
  record Filter(List<Step> left, String operator, List<Step> right) implements Step {}

  /** Fills in a template. */
  String apply(@Nullable Object document) throws MissingException {
    return apply(parts, document);
  }

  private static String apply(List<Part> parts, @Nullable Object current) throws MissingException {
    var out = new StringBuilder();
    for (var part : parts) {
      if (part instanceof Text text) {
        out.append(text.text());
      } else if (part instanceof Expression expression) {
        out.append(
            walk(expression.steps(), current).stream()
                .map(JsonPath::print)
                .collect(Collectors.joining(" ")));
      } else if (part instanceof Range range) {
        for (var item : walk(range.over(), current)) {
          out.append(apply(range.body(), item));
        }
      }
    }
    return out.toString();
  }

  private static List<@Nullable Object> walk(List<Step> steps, @Nullable Object start)
      throws MissingException {
    List<@Nullable Object> values = Collections.singletonList(start);
    for (var step : steps) {
      values = step(step, values);
    }
    return values;
  }

  private static List<@Nullable Object> step(Step step, List<@Nullable Object> values)
      throws MissingException {
    List<@Nullable Object> found = new ArrayList<>();
    if (step instanceof Literal literal) {
      found.add(literal.value());
    } else if (step instanceof Field field) {
      values.forEach(value -> addField(field.name(), value, found));
      if (found.isEmpty() && !values.isEmpty()) {
        throw new MissingException(field.name() + " is not found");
      }
    } else if (step instanceof Wildcard) {
      values.forEach(value -> found.addAll(members(value)));
    } else if (step instanceof Descent) {
      values.forEach(value -> descend(value, found));
    } else if (step instanceof Union union) {
      for (var value : values) {
        for (var way : union.ways()) {
          found.addAll(walk(way, value));
        }
      }
    } else if (step instanceof Slice slice) {
      for (var value : values) {
        found.addAll(slice(slice, value));
      }
    } else if (step instanceof Filter filter) {
      for (var value : values) {
        for (var item : value instanceof List<?> list ? list : List.of()) {
          if (passes(filter, item)) {
            found.add(item);
          }
        }
      }
    }
    return found;
  }

  private static void addField(String name, @Nullable Object value, List<@Nullable Object> to) {
    if (name.isEmpty()) {
      to.add(value);
    } else if (value instanceof Map<?, ?> map && map.containsKey(name)) {
      to.add(map.get(name));
    }
  }

  private static List<@Nullable Object> members(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> sorted = new TreeMap<>(map);
      return new ArrayList<>(sorted.values());
    }
    List<@Nullable Object> items = new ArrayList<>();
    if (value instanceof List<?> list) {
      items.addAll(list);
    }
    return items;
  }

  private static void descend(@Nullable Object value, List<@Nullable Object> to) {
    to.add(value);
    members(value).forEach(member -> descend(member, to));
  }

  private static List<@Nullable Object> slice(Slice slice, @Nullable Object value)
      throws MissingException {
    if (!(value instanceof List<?> list)) {
      throw new MissingException("an index of something that isn't a list");
    }
    int size = list.size();
    int from = at(slice.from(), 0, size);
    int to = slice.single() ? from + 1 : at(slice.to(), size, size);
    if (slice.single() && (from < 0 || from >= size)) {
      throw new MissingException("index %d is out of a list of %d".formatted(slice.from(), size));
    }
    List<@Nullable Object> found = new ArrayList<>();
    for (int i = Math.max(from, 0); i < Math.min(to, size); i += slice.step()) {
      found.add(list.get(i));
    }
    return found;
  }

  private static int at(@Nullable Integer index, int otherwise, int size) {
    return index == null ? otherwise : index < 0 ? size + index : index;
  }

  private static boolean passes(Filter filter, @Nullable Object item) {
    try {
      var left = walk(filter.left(), item);
      if (filter.operator().isEmpty()) {
        return !left.isEmpty();
      }
      var right = walk(filter.right(), item);
      return left.size() == 1
          && right.size() == 1
          && compare(left.get(0), filter.operator(), right.get(0));
    } catch (MissingException e) {
      return false;
    }
  }

  private static boolean compare(@Nullable Object left, String operator, @Nullable Object right) {
    boolean numbers = left instanceof Number && right instanceof Number;
    if (operator.equals("==") || operator.equals("!=")) {
      boolean same =
          numbers ? number(left).compareTo(number(right)) == 0 : Objects.equals(left, right);
      return same == operator.equals("==");
    }
    if (!numbers && !(left instanceof String && right instanceof String)) {
      return false;
    }
    int order =
        numbers
            ? number(left).compareTo(number(right))
            : String.valueOf(left).compareTo(String.valueOf(right));
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  private static BigDecimal number(@Nullable Object value) {
    return new BigDecimal(String.valueOf(value));
  }

  private static String print(@Nullable Object value) {
    return value instanceof Map || value instanceof List || value instanceof Number
        ? new String(Json.write(sorted(value)), StandardCharsets.UTF_8)
        : String.valueOf(value);
  }

  /** Maps in the order of their keys, and whole numbers as such. */
  private static @Nullable Object sorted(@Nullable Object value) {
    if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
      return number.longValue();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> sorted = new TreeMap<>();
      map.forEach((key, member) -> sorted.put((String) key, sorted(member)));
      return sorted;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>();
      list.forEach(item -> items.add(sorted(item)));
      return items;
    }
    return value;
  }
}
