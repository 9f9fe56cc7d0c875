package io.github.tugoci.jsonpath;

import io.github.tugoci.error.NotFoundException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A step of an expression: from values to others. */
@FunctionalInterface
interface Step {
  List<@Nullable Object> from(List<@Nullable Object> values) throws NotFoundException;

  /** Where one value leads. */
  @FunctionalInterface
  interface Each {
    void from(@Nullable Object value, List<@Nullable Object> found) throws NotFoundException;
  }

  /** A step that goes on from each value by itself. */
  static Step each(Each each) {
    return values -> {
      List<@Nullable Object> found = new ArrayList<>();
      for (var value : values) {
        each.from(value, found);
      }
      return found;
    };
  }

  /** A value that stands in the expression itself. */
  static Step literal(Object value) {
    return values -> Collections.singletonList(value);
  }

  /** A member of a map; one of the maps must have it. */
  static Step field(String name) {
    var members =
        each(
            (value, found) -> {
              if (name.isEmpty()) {
                found.add(value);
              } else if (value instanceof Map<?, ?> map && map.containsKey(name)) {
                found.add(map.get(name));
              }
            });
    return (List<@Nullable Object> values) -> {
      List<@Nullable Object> found = members.from(values);
      if (found.isEmpty() && !values.isEmpty()) {
        throw new NotFoundException(name + " is not found");
      }
      return found;
    };
  }

  /** All members of a map, in the order of their keys, or of a list. */
  static Step wildcard() {
    return each((value, found) -> found.addAll(members(value)));
  }

  /** The values and all that is in them. */
  static Step descent() {
    return each(Step::descend);
  }

  private static void descend(@Nullable Object value, List<@Nullable Object> to) {
    to.add(value);
    members(value).forEach(member -> descend(member, to));
  }

  private static List<@Nullable Object> members(@Nullable Object value) {
    List<@Nullable Object> members = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      members.addAll(new TreeMap<Object, @Nullable Object>(map).values());
    } else if (value instanceof List<?> list) {
      members.addAll(list);
    }
    return members;
  }

  /** What any of several ways leads to. */
  static Step union(List<Step> ways) {
    return each(
        (value, found) -> {
          for (var way : ways) {
            found.addAll(way.from(Collections.singletonList(value)));
          }
        });
  }

  /** One item of a list, which must exist; from the end if the index is negative. */
  static Step item(int index) {
    return each(
        (value, found) -> {
          var list = list(value);
          int at = index < 0 ? list.size() + index : index;
          if (at < 0 || at >= list.size()) {
            throw new NotFoundException(
                "index %d is out of a list of %d".formatted(index, list.size()));
          }
          found.add(list.get(at));
        });
  }

  /**
   * Items of a list.
   *
   * @param from the first one, from the end if it is negative; null for the beginning
   * @param to the one after the last; null for the end
   */
  static Step slice(@Nullable Integer from, @Nullable Integer to, int step) {
    return each(
        (value, found) -> {
          var list = list(value);
          int end = Math.min(at(to, list.size(), list.size()), list.size());
          for (int i = Math.max(at(from, 0, list.size()), 0); i < end; i += step) {
            found.add(list.get(i));
          }
        });
  }

  private static List<?> list(@Nullable Object value) throws NotFoundException {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new NotFoundException("an index of something that isn't a list");
  }

  private static int at(@Nullable Integer index, int otherwise, int size) {
    return index == null ? otherwise : index < 0 ? size + index : index;
  }

  /**
   * Items of a list that pass a comparison.
   *
   * @param operator {@code ==} and the like; empty if the left side must only exist
   */
  static Step filter(Step left, String operator, Step right) {
    return each(
        (value, found) -> {
          for (var item : value instanceof List<?> list ? list : List.of()) {
            if (passes(Collections.singletonList(item), left, operator, right)) {
              found.add(item);
            }
          }
        });
  }

  private static boolean passes(
      List<@Nullable Object> item, Step left, String operator, Step right) {
    try {
      var one = left.from(item);
      if (operator.isEmpty()) {
        return !one.isEmpty();
      }
      var other = right.from(item);
      return one.size() == 1 && other.size() == 1 && compare(one.get(0), operator, other.get(0));
    } catch (NotFoundException e) {
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
}
