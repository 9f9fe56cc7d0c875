package io.github.tugoci.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plain values from a parser's tokens and to a generator's. Jackson's own mapper does the same, but
 * has 350 classes that a command would load at each start. The depth is the parser's to bound.
 */
final class JsonValues {
  private JsonValues() {}

  /** Reads the one value of a document, to the document's end. */
  static @Nullable Object read(JsonParser parser) throws IOException {
    var token = parser.nextToken();
    if (token == null) {
      throw new JsonParseException(parser, "No content to map due to end-of-input");
    }
    var value = value(parser, token);
    if (parser.nextToken() != null) {
      throw new JsonParseException(
          parser, "Trailing token after the document", parser.currentTokenLocation());
    }
    return value;
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new JsonParseException(parser, "Unexpected token " + token);
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      map.put(name, value(parser, parser.nextToken()));
    }
    return map;
  }

  private static List<@Nullable Object> array(JsonParser parser) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      list.add(value(parser, token));
    }
    return list;
  }

  /**
   * Writes a value.
   *
   * @throws IllegalArgumentException if it is, or holds, anything but maps, lists, strings,
   *     numbers, booleans and null
   */
  static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
    if (value == null) {
      generator.writeNull();
    } else if (value instanceof Map<?, ?> map) {
      generator.writeStartObject();
      for (var entry : map.entrySet()) {
        generator.writeFieldName(String.valueOf(entry.getKey()));
        write(generator, entry.getValue());
      }
      generator.writeEndObject();
    } else if (value instanceof Iterable<?> list) {
      generator.writeStartArray();
      for (var element : list) {
        write(generator, element);
      }
      generator.writeEndArray();
    } else if (value instanceof CharSequence text) {
      generator.writeString(text.toString());
    } else if (value instanceof Boolean truth) {
      generator.writeBoolean(truth);
    } else if (value instanceof Number number) {
      number(generator, number);
    } else {
      throw new IllegalArgumentException("not a plain value: " + value.getClass().getName());
    }
  }

  private static void number(JsonGenerator generator, Number number) throws IOException {
    if (number instanceof BigDecimal decimal) {
      generator.writeNumber(decimal);
    } else if (number instanceof BigInteger integer) {
      generator.writeNumber(integer);
    } else if (number instanceof Double decimal) {
      generator.writeNumber(decimal);
    } else if (number instanceof Float decimal) {
      generator.writeNumber(decimal);
    } else {
      generator.writeNumber(number.longValue());
    }
  }
}
