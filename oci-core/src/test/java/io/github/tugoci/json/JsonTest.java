package io.github.tugoci.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.tugoci.error.InvalidContentException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\":1",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":tru}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{} // comment",
        "/* comment */ {}",
        "{} {}",
        "{} x",
        "{}]",
        "{\"a\":1,\"a\":1}",
        "{\"x\":[{\"a\":1,\"a\":2}]}",
        "{\"a\":1,\"\\u0061\":2}",
      })
  void whatIsNotOneUnambiguousDocumentIsRefused(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("the document is not valid JSON: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"a\"", "1", "true", "null", "[{}]"})
  void otherJsonThanAnObjectIsRefused(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("the document is not a JSON object");
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    assertThatThrownBy(
            () -> Json.parseObject(new byte[] {'{', '"', (byte) 0xc3, '"', '}'}, "the document"))
        .isInstanceOf(InvalidContentException.class);
  }

  @Test
  void anErrorSaysWhereTheTextIsBroken() {
    assertThatThrownBy(() -> parse("{\n  \"a\": x\n}")).hasMessageContaining("at line 2, column 8");
  }

  @Test
  void nestingIsReadTo200LevelsAndRefusedBeyond() throws Exception {
    assertThat(parse(nested(199)).asMap()).containsOnlyKeys("a");

    assertThatThrownBy(() -> parse(nested(200))).isInstanceOf(InvalidContentException.class);
    assertThatThrownBy(() -> parse(nested(100_000))).isInstanceOf(InvalidContentException.class);
  }

  private static String nested(int lists) {
    return "{\"a\":" + "[".repeat(lists) + "]".repeat(lists) + "}";
  }

  @Test
  void numbersKeepTheirValueHoweverLarge() throws Exception {
    var members = parse("{\"i\":9007199254740993,\"b\":18446744073709551616,\"d\":1.10}").asMap();

    assertThat(members)
        .containsEntry("i", 9007199254740993L)
        .containsEntry("b", new BigInteger("18446744073709551616"))
        .containsEntry("d", new BigDecimal("1.10"));
  }

  @Test
  void aBrokenSecretIsNotQuoted() {
    var secret = "{\"auth\": hunter2}";

    var e = catchThrowable(() -> Json.parseSecretObject(secret.getBytes(UTF_8), "the file"));

    assertThat(e)
        .isInstanceOf(InvalidContentException.class)
        .hasMessageMatching("the file is not valid JSON at line 1, column \\d+")
        .hasNoCause();
  }

  @Test
  void aSecretThatIsNoObjectIsNotQuoted() {
    assertThatThrownBy(() -> Json.parseSecretObject("\"hunter2\"".getBytes(UTF_8), "the file"))
        .hasMessage("the file is not a JSON object")
        .hasNoCause();
  }

  @Test
  void anySingleJsonValueIsValidWithRepeatedNamesToo() {
    assertThat(List.of("1", "[]", "null", " {\"a\":1,\"a\":{\"b\":[]}} "))
        .allMatch(text -> Json.isValid(text.getBytes(UTF_8)));
    assertThat(List.of("", " ", "{", "{} {}", "[1,]", "{\"a\"}", nested(100_000)))
        .noneMatch(text -> Json.isValid(text.getBytes(UTF_8)));
  }

  @Test
  void textIsWrittenWithTheBytesThatGoWouldWrite() {
    assertThat(written("<a href=\"x\">&</a>"))
        .isEqualTo("\"\\u003ca href=\\\"x\\\"\\u003e\\u0026\\u003c/a\\u003e\"");
    assertThat(written("\u2028\u2029")).isEqualTo("\"\\u2028\\u2029\"");
    assertThat(written("tab\t line\n return\r back\\slash"))
        .isEqualTo("\"tab\\t line\\n return\\r back\\\\slash\"");
    assertThat(written("\u0000\u001f\u007f")).isEqualTo("\"\\u0000\\u001f\u007f\"");
    assertThat(written("\b\f")).isEqualTo("\"\\b\\f\"");
    assertThat(written("é\ud83d\ude00")).isEqualTo("\"é\ud83d\ude00\"");
  }

  @Test
  void mapsAreWrittenCompactlyInTheirOrder() {
    var map = new LinkedHashMap<String, Object>();
    map.put("b", 1);
    map.put("a", List.of(true, "x"));
    map.put("n", new ArrayList<>(java.util.Collections.singletonList(null)));
    map.put("<", Map.of());

    assertThat(written(map)).isEqualTo("{\"b\":1,\"a\":[true,\"x\"],\"n\":[null],\"\\u003c\":{}}");
  }

  @Test
  void peopleSeeNoEscapesTheyDoNotNeed() {
    assertThat(new String(Json.writePretty(Map.of("a", "<&>")), UTF_8))
        .isEqualToNormalizingNewlines("{\n  \"a\" : \"<&>\"\n}");
  }

  private static JsonObject parse(String text) throws InvalidContentException {
    return Json.parseObject(text.getBytes(UTF_8), "the document");
  }

  private static String written(Object value) {
    return new String(Json.write(value), UTF_8);
  }
}
