package io.github.tugoci.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.tugoci.error.InvalidContentException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON. Reading refuses what two readers could understand differently: duplicate
 * names, text after the document; and what could exhaust one: nesting deeper than 200.
 */
public final class Json {
  private static final int MAX_DEPTH = 200;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // A thread that outlives us would keep our class loader.
          .disable(JsonFactory.Feature.USE_THREAD_LOCAL_FOR_BUFFER_RECYCLING)
          .build();

  /** What other OCI tools are written in; the digests of equal documents are equal then. */
  private static final JsonFactory LIKE_GO =
      new JsonFactoryBuilder()
          .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
          .disable(JsonFactory.Feature.USE_THREAD_LOCAL_FOR_BUFFER_RECYCLING)
          .characterEscapes(new GoEscapes())
          .build();

  /**
   * Reads what a user gives, values and schemas. It has 350 classes, calendars among them, that a
   * command would load at each start: the documents that most commands read go by their tokens.
   */
  private static final class Mapper {
    static final JsonMapper ANY =
        JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
  }

  private Json() {}

  /**
   * Reads a JSON object.
   *
   * @param bytes the text, in UTF-8
   * @param what names the document in errors, for instance {@code manifest sha256:…}
   * @throws InvalidContentException if the text isn't a JSON object
   */
  public static JsonObject parseObject(byte[] bytes, String what) throws InvalidContentException {
    if (value(bytes, what) instanceof Map<?, ?> map) {
      return JsonObject.of(map, what);
    }
    throw new InvalidContentException(what + " is not a JSON object");
  }

  /**
   * Reads a JSON array of objects.
   *
   * @throws InvalidContentException if the text isn't valid
   */
  public static List<JsonObject> parseObjects(byte[] bytes, String what)
      throws InvalidContentException {
    if (!(value(bytes, what) instanceof List<?> list)) {
      throw new InvalidContentException(what + " is not a JSON array");
    }
    return JsonObject.of(Map.of("array", list), what).objects("array");
  }

  private static @Nullable Object value(byte[] bytes, String what) throws InvalidContentException {
    return value(bytes, what, true);
  }

  private static @Nullable Object value(byte[] bytes, String what, boolean strict)
      throws InvalidContentException {
    try (var parser = FACTORY.createParser(bytes)) {
      parser.configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, strict);
      return strict ? JsonValues.read(parser) : Mapper.ANY.readValue(parser, Object.class);
    } catch (JsonProcessingException e) {
      throw new InvalidContentException(
          "%s is not valid JSON: %s at line %d, column %d"
              .formatted(
                  what,
                  e.getOriginalMessage(),
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 1 : e.getLocation().getColumnNr()),
          e);
    } catch (NumberFormatException | ArithmeticException e) {
      // the parser's own, of an exponent that no number of ours can have
      throw new InvalidContentException(what + " is not valid JSON: number out of range", e);
    } catch (IOException e) {
      throw new InvalidContentException(what + " is not valid JSON: " + e.getMessage(), e);
    }
  }

  /**
   * Reads JSON of any kind; of names that come twice the last one counts.
   *
   * @param bytes the text, in UTF-8
   * @param what names the document in errors
   * @return maps, lists, strings, booleans, Integer, Long, BigInteger, BigDecimal, or null
   * @throws InvalidContentException if the text isn't JSON
   */
  public static @Nullable Object read(byte[] bytes, String what) throws InvalidContentException {
    return value(bytes, what, false);
  }

  /** Whether a text is JSON of any kind; names may come twice. */
  public static boolean isValid(byte[] bytes) {
    try (var parser = FACTORY.createParser(bytes)) {
      parser.disable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      boolean some = parser.nextToken() != null;
      parser.skipChildren();
      return some && parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Reads a JSON object that holds secrets: an error says where the text is broken, and quotes none
   * of it.
   *
   * @param bytes the text, in UTF-8
   * @param what names the document in errors
   * @throws InvalidContentException if the text isn't a JSON object
   */
  public static JsonObject parseSecretObject(byte[] bytes, String what)
      throws InvalidContentException {
    try {
      return parseObject(bytes, what);
    } catch (InvalidContentException e) {
      // The parser's own message and its cause quote the text, so neither goes along.
      var location = e.getCause() instanceof JsonProcessingException j ? j.getLocation() : null;
      throw new InvalidContentException(
          location == null
              ? what + " is not a JSON object"
              : "%s is not valid JSON at line %d, column %d"
                  .formatted(what, location.getLineNr(), location.getColumnNr()));
    }
  }

  /**
   * Writes a value compactly, in UTF-8, without a newline at the end; maps keep their order.
   * Strings are escaped as Go's encoding/json does it, {@code <}, {@code >} and {@code &} among
   * them, so that the document has the bytes that a Go program would give it.
   *
   * @param value maps, lists, strings, numbers, booleans and null
   */
  public static byte[] write(@Nullable Object value) {
    return write(value, LIKE_GO, false);
  }

  /**
   * Writes a value indented by two spaces, for people, in UTF-8.
   *
   * @param value maps, lists, strings, numbers, booleans and null
   */
  public static byte[] writePretty(@Nullable Object value) {
    return write(value, FACTORY, true);
  }

  /**
   * By way of characters, as Jackson writes those beyond U+FFFF as two escapes if it writes bytes.
   * Half of such a character is refused, not replaced.
   */
  private static byte[] write(@Nullable Object value, JsonFactory factory, boolean indented) {
    var text = new StringWriter();
    try (var generator = factory.createGenerator(text)) {
      if (indented) {
        generator.useDefaultPrettyPrinter();
      }
      JsonValues.write(generator, value);
      generator.flush();
      var encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(text.getBuffer()));
      var bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("plain values can be written", e);
    }
  }

  /** Escapes what could end a script element or a line in JavaScript. */
  private static final class GoEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    @Override
    public int[] getEscapeCodesForAscii() {
      var codes = standardAsciiEscapesForJSON();
      for (char c : "<>&".toCharArray()) {
        codes[c] = ESCAPE_STANDARD;
      }
      return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
      return c == 0x2028 || c == 0x2029
          ? new SerializedString("\\u" + Integer.toHexString(c))
          : null;
    }
  }
}
