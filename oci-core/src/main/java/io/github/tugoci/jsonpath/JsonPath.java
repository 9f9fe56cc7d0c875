package io.github.tugoci.jsonpath;

import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A JSONPath template as kubectl and Helm have it: text with expressions in braces, as {@code
 * {.image.tag}}, {@code {.items[*].name}} and {@code {range .items[*]}{.name}{"\n"}{end}}. The keys
 * of a map come in their order, whole numbers are written as they are.
 */
public final class JsonPath {
  private final Part template;

  private JsonPath(Part template) {
    this.template = template;
  }

  /** A piece of a template. */
  @FunctionalInterface
  interface Part {
    void write(@Nullable Object current, StringBuilder out) throws NotFoundException;
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  public static JsonPath parse(String template) {
    return new JsonPath(new TemplateParser(template).parse());
  }

  /**
   * Fills in the template from plain values.
   *
   * @throws NotFoundException if an expression asks for a value that doesn't exist
   */
  public String apply(@Nullable Object document) throws NotFoundException {
    var out = new StringBuilder();
    template.write(document, out);
    return out.toString();
  }

  /** A value as kubectl prints it. */
  static String print(@Nullable Object value) {
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
