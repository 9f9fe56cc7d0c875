package io.github.tugoci.helm;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.error.InvalidYamlException;
import io.github.tugoci.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and writes a chart's YAML as Helm does; a malformed text is an invalid chart. */
final class ChartYaml {
  private static final Pattern BREAKS = Pattern.compile(" *\u0085[ \u0085]*");

  private ChartYaml() {}

  static @Nullable Object read(byte[] text, String what) throws InvalidChartException {
    try {
      return Yaml.read(text, what);
    } catch (InvalidYamlException e) {
      throw new InvalidChartException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Writes fields as Helm does, which makes JSON of them and reads that as YAML: there U+0085 is a
   * line break in a quoted text, and is folded.
   */
  static byte[] write(Map<String, ?> fields) {
    Map<String, @Nullable Object> folded = new LinkedHashMap<>();
    fields.forEach((name, value) -> folded.put(name, folded(value)));
    return Yaml.write(folded);
  }

  private static @Nullable Object folded(@Nullable Object value) {
    if (value instanceof String text) {
      return text.indexOf('\u0085') < 0 ? text : BREAKS.matcher(text).replaceAll(ChartYaml::fold);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>();
      list.forEach(item -> items.add(folded(item)));
      return items;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> fields = new LinkedHashMap<>();
      map.forEach((name, item) -> fields.put(name, folded(item)));
      return fields;
    }
    return value;
  }

  /** One break is a space; of several, all but the first remain. */
  private static String fold(MatchResult breaks) {
    int count = (int) breaks.group().chars().filter(c -> c == 0x85).count();
    return count == 1 ? " " : "\n".repeat(count - 1);
  }

  static List<@Nullable Object> readAll(byte[] text, String what) throws InvalidChartException {
    try {
      return Yaml.readAll(text, what);
    } catch (InvalidYamlException e) {
      throw new InvalidChartException(String.valueOf(e.getMessage()), e);
    }
  }
}
