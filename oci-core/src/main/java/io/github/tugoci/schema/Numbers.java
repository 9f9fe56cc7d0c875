package io.github.tugoci.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON's numbers, of which 1 and 1.0 are the same one. */
final class Numbers {
  /** More digits than a number of 64 bits can stand for. */
  private static final int MAX_DIGITS = 310;

  private Numbers() {}

  /** The same value, in which each whole number is an integer. */
  static @Nullable Object normalize(@Nullable Object json) {
    if (json instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> same = new LinkedHashMap<>();
      map.forEach((name, value) -> same.put((String) name, normalize(value)));
      return same;
    }
    if (json instanceof List<?> list) {
      List<@Nullable Object> same = new ArrayList<>();
      list.forEach(value -> same.add(normalize(value)));
      return same;
    }
    if (json instanceof Double number) {
      return number.isNaN() || number.isInfinite() ? json : integer(BigDecimal.valueOf(number));
    }
    return json instanceof BigDecimal number ? integer(number) : json;
  }

  private static Number integer(BigDecimal number) {
    var plain = number.stripTrailingZeros();
    return plain.scale() <= 0 && plain.precision() - plain.scale() <= MAX_DIGITS
        ? plain.toBigInteger()
        : number;
  }
}
