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
 * Maps, lists, strings, numbers, booleans and null, read from a parser and written to a generator.
 * Done here, so that Jackson's core is enough: its databind would treble the size of what we bring
 * along.
 */
final class PlainValues {
  private PlainValues() {}

  /** Reads the only value of a document. Its depth is bounded by the parser. */
  static @Nullable Object read(JsonParser parser) throws IOException {
    if (parser.nextToken() == null) {
      throw new JsonParseException(parser, "empty document");
    }
    var value = value(parser);
    if (parser.nextToken() != null) {
      throw new JsonParseException(parser, "text after the end of the document");
    }
    return value;
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new JsonParseException(parser, "unexpected " + parser.currentToken());
    };
  }

  private static Map<?, ?> object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      members.put(name, value(parser));
    }
    return members;
  }

  private static List<?> array(JsonParser parser) throws IOException {
    List<@Nullable Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return items;
  }

  /** Writes one value. */
  static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (var member : map.entrySet()) {
        json.writeFieldName(String.valueOf(member.getKey()));
        write(json, member.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof Iterable<?> items) {
      json.writeStartArray();
      for (var item : items) {
        write(json, item);
      }
      json.writeEndArray();
    } else if (value instanceof Boolean bool) {
      json.writeBoolean(bool);
    } else if (value instanceof Number number) {
      write(json, number);
    } else if (value instanceof CharSequence text) {
      json.writeString(text.toString());
    } else {
      throw new IllegalArgumentException("not a plain value: " + value.getClass().getName());
    }
  }

  private static void write(JsonGenerator json, Number number) throws IOException {
    if (number instanceof BigDecimal decimal) {
      json.writeNumber(decimal);
    } else if (number instanceof BigInteger integer) {
      json.writeNumber(integer);
    } else if (number instanceof Double || number instanceof Float) {
      json.writeNumber(number.doubleValue());
    } else {
      json.writeNumber(number.longValue());
    }
  }
}
